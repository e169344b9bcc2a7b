namespace Tame.Testing;

/// <summary>What a test may take, and the loop that it runs on. Immutable, so that all tests of a project can share one.</summary>
public sealed class TestLoopOptions
{
    /// <summary>How much virtual time the body may take: a day by default. Zero is a body that waits for no time; <see cref="Timeout.InfiniteTimeSpan"/> is no limit.</summary>
    /// <remarks>What happens at the very end of the budget is still in it. On a loop with a <see cref="EventLoopOptions.TimeProvider"/> there is no virtual time, and no such limit.</remarks>
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

    /// <summary>How much real time the test may take: 30 seconds by default; <see cref="Timeout.InfiniteTimeSpan"/> is no limit. It does not count while a debugger is attached.</summary>
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
    /// The loop's options, such as its network. Null for the defaults. The loop is in virtual time, whatever they say of it, unless they name a
    /// <see cref="EventLoopOptions.TimeProvider"/>: then the test moves that clock itself.
    /// </summary>
    public EventLoopOptions? Loop { get; init; }

    /// <summary>The test fails if anything is left when its body has ended, as if the body had called <see cref="LoopAssert.NothingLeft"/>. False by default.</summary>
    public bool NothingLeft { get; init; }

    /// <summary>Lost events do not fail the test. Otherwise they do, even where the body has caught the <see cref="LostEventException"/>. False by default.</summary>
    public bool AllowLostEvents { get; init; }
}
