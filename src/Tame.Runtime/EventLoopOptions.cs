using Tame.IO;

namespace Tame;

/// <summary>How a loop keeps time and how it ends.</summary>
public sealed class EventLoopOptions
{
    private bool _isVirtual;

    /// <summary>
    /// The clock stands still while anything can run and jumps to the next deadline when nothing can, unless outside work is pending or
    /// <see cref="EventLoop.HoldTime"/> is held; so tests with hours of timeouts take milliseconds. Tasks that may all be waiting for a timer of
    /// <see cref="EventLoop.TimeProvider"/> do not hold the clock.
    /// </summary>
    public bool VirtualTime { get => _isVirtual; init => _isVirtual = value; }

    /// <summary>What the end of the loop means for the calls that have not ended. The default is <see cref="ExitBehavior.Cancel"/>.</summary>
    public ExitBehavior OnExit { get; init; }

    /// <summary>
    /// How long calls may take to clean up when the loop ends with <see cref="ExitBehavior.Cancel"/>; five seconds by default, and
    /// <see cref="Timeout.InfiniteTimeSpan"/> for as long as they like. In virtual time it is virtual, and real time too, since that clock may stand still. Calls
    /// that are left then are abandoned, and a <see cref="TimeoutException"/> that names them goes to <see cref="EventLoop.UnhandledException"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative and not infinite, or too long for a timer: more than 49 days.</exception>
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

    /// <summary>The clock for timers: monotonic timestamps are taken from it. The system's by default; not together with <see cref="VirtualTime"/>.</summary>
    /// <remarks>
    /// The clock may stand still and jump, on any thread. While the loop sleeps, a timer of the provider wakes it at its next deadline. A provider that has only
    /// the system's timers cannot do so: its clock is looked at every 20 milliseconds. Timestamps may be negative and may wrap.
    /// </remarks>
    public TimeProvider? TimeProvider { get; init; }

    /// <summary>When the loop looks for events that no code can trigger. The default is <see cref="LostEventDetection.WhenIdle"/>.</summary>
    public LostEventDetection LostEvents { get; init; }

    /// <summary>Where the loop's connections, datagrams, names and files come from: <see cref="Tame.Network.Current"/>. Null for the system's, which the package <c>Tame.IO</c> brings.</summary>
    public Network? Network { get; init; }

    /// <summary>What there is only so much of: see <see cref="EventLoop.Admission"/> and <see cref="SchedulingPolicy.ResourceAware"/>. Each belongs to one loop.</summary>
    public IReadOnlyList<Resource> Resources { get; init; } = [];

    /// <summary>Which of the calls that can run has its turn next. Actions that were posted have their turn in any case.</summary>
    public SchedulingPolicy Scheduling { get; init; }

    /// <summary>
    /// How long <see cref="SchedulingPolicy.ResourceAware"/> may pass over the call that has waited longest for its turn: a second by default. After that it has its
    /// turn, whatever is scarce. So the third in line waits for three times as long at most.
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

    /// <summary>The loop's name in metrics and reports; null for <c>loop</c> and a number.</summary>
    public string? Name { get; init; }

    /// <summary>
    /// Each call of a tamed method gets a span of the <see cref="System.Diagnostics.ActivitySource"/> <c>Tame</c>, from its start to the end of its body, if a
    /// listener samples it: a child of its caller's span, also where the caller has waited in between. A failure is the span's status. Where code of another
    /// trace ends one of its waits, the span links there. A call that ends without a closure, as the generator can tell that it does not wait, has no span.
    /// </summary>
    public bool TraceCalls { get; init; }

    /// <summary>When the loop records its <see cref="EventLoop.BlockingGraph"/>. The default is <see cref="ProfileMode.Off"/>, or what the environment variable TAME_PROFILE says.</summary>
    public ProfileMode Profile { get; init; } = LoopProfile.Default;

    /// <summary>How long a sample of <see cref="ProfileMode.Sampled"/> is: 100 milliseconds by default.</summary>
    /// <remarks>By the loop's coarse clock, which is exact to a few milliseconds; in virtual time by that.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The time is shorter than a millisecond, or longer than a day.</exception>
    public TimeSpan ProfileSample
    {
        get;
        init => field = SamplingTime(value);
    } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long it is from the end of a sample of <see cref="ProfileMode.Sampled"/> to the next: two seconds by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is shorter than a millisecond, or longer than a day.</exception>
    public TimeSpan ProfilePause
    {
        get;
        init => field = SamplingTime(value);
    } = TimeSpan.FromSeconds(2);

    /// <summary>Opens what watches the loop's descriptors, when the loop first needs it.</summary>
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

/// <summary>What the end of a loop means for the calls that have not ended.</summary>
public enum ExitBehavior
{
    /// <summary>
    /// The wait of each of them throws an <see cref="OperationCanceledException"/>, once, so that <c>finally</c> and <c>using</c> run. The loop goes on until no
    /// call is left, so they may wait while they clean up, for <see cref="EventLoopOptions.ExitTimeout"/> at most.
    /// </summary>
    Cancel,

    /// <summary>Their events are cancelled, and their bodies do not resume.</summary>
    Abandon,
}
