namespace Tame;

// What a test asks of a loop: decision 0050. On the loop's thread.
public sealed partial class EventLoop
{
    /// <summary>No event that is pending now was found lost.</summary>
    internal bool HasLookedForLosses => _probe.IsSettled(this);

    /// <summary>The loop has begun to end.</summary>
    internal bool IsEnding => _end is not null;

    /// <summary>What holds time, and keeps the run from ending.</summary>
    internal TimeHolds Holds => _gate.Holds;

    /// <summary>Adds a mark so far ahead. False, and it is not kept, where time is not virtual.</summary>
    internal bool TryAddMark(TimeMark mark, TimeSpan ahead)
    {
        if (_clock is not VirtualClock clock)
            return false;
        clock.Add(mark, ahead);
        return true;
    }

    internal void RemoveMark(TimeMark mark) => (_clock as VirtualClock)?.Remove(mark);

    /// <summary>Collects, unless another loop of this process does just now.</summary>
    internal void LookForLosses() => _probe.Look(this);

    /// <summary>The run ends with this error, whatever handlers <see cref="UnhandledException"/> has.</summary>
    internal void EndRun(Exception error) => AddFatal(error);
}
