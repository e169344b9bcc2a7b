namespace Tame.Testing;

/// <summary>The budgets of a test, and the options of its loop. Immutable, so all tests of a project can share one.</summary>
public sealed class TestLoopOptions
{
    /// <summary>How much virtual time the body may take: a day by default. With zero, the body must not wait for time. <see cref="Timeout.InfiniteTimeSpan"/> means no limit.</summary>
    /// <remarks>The budget includes its end. It does not apply to a loop with a <see cref="EventLoopOptions.TimeProvider"/>, which is not in virtual time.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative and not infinite.</exception>
    public TimeSpan VirtualTimeBudget
    {
        get;
        init
        {
            if (value != Timeout.InfiniteTimeSpan)
                ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            field = value;
        }
    } = TimeSpan.FromDays(1);

    /// <summary>How much real time the test may take: 30 seconds by default. <see cref="Timeout.InfiniteTimeSpan"/> means no limit. It does not count while a debugger is attached.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is shorter than a millisecond and not infinite, or longer than a day.</exception>
    public TimeSpan RealTimeBudget
    {
        get;
        init
        {
            if (value != Timeout.InfiniteTimeSpan)
            {
                ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.FromMilliseconds(1));
                ArgumentOutOfRangeException.ThrowIfGreaterThan(value, TimeSpan.FromDays(1));
            }
            field = value;
        }
    } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The loop's options, such as its network; null for the defaults. The loop is always in virtual time, unless they have a
    /// <see cref="EventLoopOptions.TimeProvider"/>. Then the test moves that clock itself.
    /// </summary>
    public EventLoopOptions? Loop { get; init; }

    /// <summary>Whether the test fails if anything is left when its body has ended, as if the body had called <see cref="LoopAssert.NothingLeft"/>. False by default.</summary>
    public bool NothingLeft { get; init; }

    /// <summary>Whether the test may lose events. If false, a lost event fails the test, even if the body has caught the <see cref="LostEventException"/>. False by default.</summary>
    public bool AllowLostEvents { get; init; }
}
