using Tame.IO;

namespace Tame;

/// <summary>How a loop keeps time and how it ends.</summary>
public sealed class EventLoopOptions
{
    /// <summary>
    /// The clock stands still while anything can run and jumps to the next deadline when nothing can, unless outside work is pending or
    /// <see cref="EventLoop.HoldTime"/> is held; so tests with hours of timeouts take milliseconds. Tasks that may all be waiting for a timer of
    /// <see cref="EventLoop.TimeProvider"/> do not hold the clock.
    /// </summary>
    public bool VirtualTime { get; init; }

    /// <summary>What becomes of the calls that are still blocked when the loop ends. The default is to let them go.</summary>
    public ExitBehavior OnExit { get; init; }

    /// <summary>The clock for timers: monotonic timestamps are taken from it. The system's by default; not together with <see cref="VirtualTime"/>.</summary>
    /// <remarks>
    /// The clock may stand still and jump, on any thread. While the loop sleeps, a timer of the provider wakes it at its next deadline. A provider that has only
    /// the system's timers cannot do so: its clock is looked at every 20 milliseconds. Timestamps may be negative and may wrap.
    /// </remarks>
    public TimeProvider? TimeProvider { get; init; }

    /// <summary>When the loop looks for events that nobody can trigger any more. The default is <see cref="LostEventDetection.WhenIdle"/>.</summary>
    public LostEventDetection LostEvents { get; init; }

    /// <summary>Opens what watches the loop's descriptors, when the loop first needs it.</summary>
    internal Func<IPoller> OpenPoller { get; init; } = Pollers.Open;
}

/// <summary>What becomes of the calls that are still blocked when a loop ends.</summary>
public enum ExitBehavior
{
    /// <summary>Their events are cancelled, and their bodies do not resume.</summary>
    LetGo,

    /// <summary>They get an <see cref="OperationCanceledException"/> first, so that <c>finally</c> runs, for a bounded number of passes.</summary>
    Cancel,
}
