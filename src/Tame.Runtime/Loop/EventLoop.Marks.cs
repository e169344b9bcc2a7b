namespace Tame;

// Members for tests (decision 0050). Use them on the loop's thread.
public sealed partial class EventLoop
{
    /// <summary>Whether the loop has looked for lost events since the last change, and none of the pending events was lost.</summary>
    internal bool HasLookedForLosses => _probe.IsSettled(this);

    /// <summary>Whether the loop has begun to end.</summary>
    internal bool IsEnding => _end is not null;

    /// <summary>The holds that stop virtual time, and keep the run from ending.</summary>
    internal TimeHolds Holds => _gate.Holds;

    /// <summary>Adds a mark that lies this time ahead. False if time is not virtual; the mark is then not added.</summary>
    internal bool TryAddMark(TimeMark mark, TimeSpan ahead)
    {
        if (_clock is not VirtualClock clock)
            return false;
        clock.Add(mark, ahead);
        return true;
    }

    internal void RemoveMark(TimeMark mark) => (_clock as VirtualClock)?.Remove(mark);

    /// <summary>Starts a garbage collection to find lost events, unless another loop of this process has one in progress.</summary>
    internal void LookForLosses() => _probe.Look(this);

    /// <summary>Ends the run with this error, even if <see cref="UnhandledException"/> has handlers.</summary>
    internal void EndRun(Exception error) => AddFatal(error);
}
