namespace Tame.Runtime.Tests.Model;

/// <summary>Which events are lost: nothing that can still act has a handle to them. All events of a block are lost together.</summary>
internal sealed partial class Reference
{
    private IEnumerable<Waiter> LiveCalls => _calls.Where(call => !call.HasEnded);

    /// <summary>True if something that cannot act holds a complete event, whose handle may refer to a lifeline that now serves another event.</summary>
    private bool HasStaleHandles =>
        _events.Where(e => e.IsPending).SelectMany(e => e.AtTriggers).Concat(_asap).Concat(LiveCalls.SelectMany(call => new[] { call.Done, call.Result }))
            .Any(e => e is { IsPending: false });

    protected override string Drop(int e)
    {
        if (Find(e) is { IsPending: true } pending)
            pending.IsInHand = false;
        return "";
    }

    /// <summary>The loss that the collector sees now, named by one of its events. It is -1 for none, and -2 if the result depends on the collector.</summary>
    public int FindLoss()
    {
        var losses = FindLosses();
        if (losses.Count == 0)
            return -1;
        return losses.Count == 1 && !HasStaleHandles ? losses[0] : -2;
    }

    private List<int> FindLosses()
    {
        foreach (var complete in _events.Where(e => !e.IsPending))
            complete.IsInHand = false;
        var held = _events.Where(e => e.IsInHand).Concat(_timers.Select(timer => timer.Event).Where(e => e.IsPending)).Concat(_asap)
            .Concat(LiveCalls.SelectMany(call => new[] { call.Done, call.Result }))
            .Concat(_events.Where(e => e.IsPending).SelectMany(e => e.AtTriggers.Where(other => other is not null && Fate(other) != Fate(e))))
            .Where(e => e is not null).Select(e => Fate(e!)).ToHashSet();
        return [.. _events.Where(e => e.IsPending && !held.Contains(Fate(e)) && IsOutside(e.Owner)).DistinctBy(Fate).Select(e => _events.IndexOf(e))];
    }

    /// <summary>Loses an event, and runs the consequences.</summary>
    public void LoseAndPass(int index)
    {
        Lose(index);
        Pass();
    }

    /// <summary>The loss of one event completes it as a failure. The loss of a block fails the block and cancels its remaining events.</summary>
    private void Lose(int index)
    {
        var e = _events[index];
        var error = new LostEventException("");
        if (!e.Owner.IsBlock)
        {
            Complete(e, null, Alone(error));
            return;
        }
        e.Owner.Ready.Add(new Occurrence(e.Owner, 0, _ => { }) { IsPending = false, Failure = Alone(error), Made = e.Owner.Waiting.Min(lost => lost.Made) });
        var complete = e.Owner.Ready.ToList();
        CancelEvents(e.Owner);
        e.Owner.Ready.AddRange(complete);
        Wake(e.Owner.Waiter);
    }

    /// <summary>A body inside its block can still create events there.</summary>
    private static bool IsOutside(Set owner) => !owner.IsBlock || owner.IsClosed;

    private static object Fate(Occurrence e) => e.Owner.IsBlock ? e.Owner : e;
}
