using Tame.IO;

namespace Tame;

/// <summary>Options for how a loop keeps time, how it ends, and what it observes.</summary>
public sealed class EventLoopOptions
{
    private bool _isVirtual;

    /// <summary>
    /// If true, the clock stands still while anything can run, and jumps to the next deadline when nothing can. Pending outside work and
    /// <see cref="EventLoop.HoldTime"/> also keep it still. So tests with hours of timeouts take milliseconds. Tasks that may all be waiting for a timer of
    /// <see cref="EventLoop.TimeProvider"/> do not hold the clock.
    /// </summary>
    public bool VirtualTime { get => _isVirtual; init => _isVirtual = value; }

    /// <summary>What happens at the end of the loop to the calls that have not ended. The default is <see cref="ExitBehavior.Cancel"/>.</summary>
    public ExitBehavior OnExit { get; init; }

    /// <summary>
    /// How long calls may take to clean up when the loop ends with <see cref="ExitBehavior.Cancel"/>. The default is five seconds;
    /// <see cref="Timeout.InfiniteTimeSpan"/> sets no limit. In virtual time, both the virtual and the real time count, because the virtual clock may stand still.
    /// Calls that are left then are abandoned, and a <see cref="TimeoutException"/> that names them goes to <see cref="EventLoop.UnhandledException"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative and not infinite, or is more than 49 days, which is too long for a timer.</exception>
    public TimeSpan ExitTimeout
    {
        get;
        init
        {
            if (value != Timeout.InfiniteTimeSpan)
            {
                ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
                ArgumentOutOfRangeException.ThrowIfGreaterThan(value, TimeSpan.FromMilliseconds(uint.MaxValue - 1));
            }
            field = value;
        }
    } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The clock for timers, which supplies monotonic timestamps. The default is the system's clock. Do not combine it with <see cref="VirtualTime"/>.
    /// </summary>
    /// <remarks>
    /// The clock may stand still and jump, on any thread. While the loop sleeps, a timer of the provider wakes it at its next deadline. If a provider has only
    /// the system's timers, the loop reads the provider's clock every 20 milliseconds instead. Timestamps may be negative and may wrap.
    /// </remarks>
    public TimeProvider? TimeProvider { get; init; }

    /// <summary>When the loop looks for events that no code can trigger. The default is <see cref="LostEventDetection.WhenIdle"/>.</summary>
    public LostEventDetection LostEvents { get; init; }

    /// <summary>
    /// The source of the loop's connections, datagrams, names, and files: <see cref="Tame.Network.Current"/>. Null means the system's, which the package
    /// <c>Tame.IO</c> provides.
    /// </summary>
    public Network? Network { get; init; }

    /// <summary>
    /// The limited resources of the loop, for <see cref="EventLoop.Admission"/> and <see cref="SchedulingPolicy.ResourceAware"/>. Each belongs to one loop.
    /// </summary>
    public IReadOnlyList<Resource> Resources { get; init; } = [];

    /// <summary>Selects which ready call runs next. Posted actions take their turn under every policy.</summary>
    public SchedulingPolicy Scheduling { get; init; }

    /// <summary>
    /// How long <see cref="SchedulingPolicy.ResourceAware"/> may pass over the call that has waited longest for its turn. The default is one second. After that
    /// time the call runs, even if a resource is scarce. So the third in line waits at most three times as long.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative, or longer than a day.</exception>
    public TimeSpan LongestPassedOver
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, TimeSpan.FromDays(1));
            field = value;
        }
    } = TimeSpan.FromSeconds(1);

    /// <summary>The loop's name in metrics and reports. If null, the name is <c>loop</c> and a number.</summary>
    public string? Name { get; init; }

    /// <summary>
    /// If true, each call of a tamed method gets a span of the <see cref="System.Diagnostics.ActivitySource"/> <c>Tame</c>, if a listener samples it. The span
    /// lasts from the call's start to the end of its body. It is a child of its caller's span, even if the caller has waited in between. A failure becomes the
    /// span's status. If code of another trace ends one of the call's waits, the span links to that trace. A call that ends without a closure, because the
    /// generator can tell that it does not wait, has no span.
    /// </summary>
    public bool TraceCalls { get; init; }

    /// <summary>
    /// When the loop records its <see cref="EventLoop.BlockingGraph"/>. The default is <see cref="ProfileMode.Off"/>, or the value of the environment variable
    /// TAME_PROFILE.
    /// </summary>
    public ProfileMode Profile { get; init; } = LoopProfile.Default;

    /// <summary>The length of a sample of <see cref="ProfileMode.Sampled"/>. The default is 100 milliseconds.</summary>
    /// <remarks>It is measured by the loop's coarse clock, which is accurate to a few milliseconds, or by virtual time.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The time is shorter than a millisecond, or longer than a day.</exception>
    public TimeSpan ProfileSample
    {
        get;
        init => field = SamplingTime(value);
    } = TimeSpan.FromMilliseconds(100);

    /// <summary>The time from the end of a sample of <see cref="ProfileMode.Sampled"/> to the next. The default is two seconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is shorter than a millisecond, or longer than a day.</exception>
    public TimeSpan ProfilePause
    {
        get;
        init => field = SamplingTime(value);
    } = TimeSpan.FromSeconds(2);

    /// <summary>Opens the poller that watches the loop's descriptors, on first use.</summary>
    internal Func<IPoller> OpenPoller { get; init; } = Pollers.Open;

    /// <summary>The same options in virtual time.</summary>
    internal EventLoopOptions InVirtualTime()
    {
        var copy = (EventLoopOptions)MemberwiseClone();
        copy._isVirtual = true;
        return copy;
    }

    private static TimeSpan SamplingTime(TimeSpan value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.FromMilliseconds(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, TimeSpan.FromDays(1));
        return value;
    }
}

/// <summary>What happens at the end of a loop to the calls that have not ended.</summary>
public enum ExitBehavior
{
    /// <summary>
    /// The wait of each call throws an <see cref="OperationCanceledException"/> once, so that <c>finally</c> and <c>using</c> run. The loop continues until no
    /// call is left. Calls may wait while they clean up, for at most <see cref="EventLoopOptions.ExitTimeout"/>.
    /// </summary>
    Cancel,

    /// <summary>The events of the calls are cancelled, and their bodies do not resume.</summary>
    Abandon,
}
