namespace Tame.Runtime.Tests.Model;

/// <summary>
/// The behavior of events, rendezvous, blocks, and time, in plain lists. Compare it with DESIGN.md, section 2. It contains no lifelines, pools, or closures.
/// </summary>
internal sealed partial class Reference
{
    /// <summary>An event.</summary>
    private sealed class Occurrence(Set owner, int id, Action<int> write)
    {
        public readonly Set Owner = owner;
        public readonly int Id = id;
        public readonly Action<int> Write = write;
        public readonly List<Occurrence?> AtTriggers = [];
        public bool IsPending = true;
        public bool IsInHand = true;

        /// <summary>Grows in the order of creation.</summary>
        public int Made;
        public Failure? Failure;
    }

    /// <summary>An exception on its way to a wait, with its other failures.</summary>
    private sealed record Failure(Exception Error, IReadOnlyList<Exception> Others);

    /// <summary>A rendezvous or a twait block.</summary>
    private sealed class Set(bool isBlock)
    {
        public readonly bool IsBlock = isBlock;
        public readonly List<Occurrence> Waiting = [];
        public readonly List<Occurrence> Ready = [];
        public bool IsCancelled;
        public bool IsClosed;
        public Waiter? Waiter;

        public bool CanGoOn(Waiter waiter) =>
            IsBlock ? Waiting.Count == 0 : IsCancelled || Ready.Count > 0 || Waiter is not null && Waiter != waiter;
    }

    private readonly List<Occurrence> _events = [];
    private readonly List<Set> _rendezvous = [new Set(isBlock: false), new Set(isBlock: false)];
    private readonly Queue<Waiter> _ready = [];
    private readonly Queue<Occurrence?> _chain = [];
    private readonly List<(long Due, Occurrence Event, bool Fails)> _timers = [];
    private readonly List<Occurrence?> _asap = [];

    /// <summary>The failures that came with an exception where it was last thrown.</summary>
    private readonly Dictionary<Exception, IReadOnlyList<Exception>> _others = [];
    private long _time;

    /// <summary>The first completion wins. It writes the slot, makes the event ready, and wakes the waiter. Then the event's AtTriggers follow.</summary>
    private bool Complete(Occurrence? e, int? value, Failure? failure)
    {
        if (!CompleteOne(e, value, failure))
            return false;
        Follow();
        return true;
    }

    private bool CompleteOne(Occurrence? e, int? value, Failure? failure)
    {
        if (e is not { IsPending: true })
            return false;
        if (value is { } written)
            e.Write(written);
        e.IsPending = false;
        e.Failure = failure;
        e.Owner.Waiting.Remove(e);
        e.Owner.Ready.Add(e);
        if (!e.Owner.IsBlock || e.Owner.Waiting.Count == 0)
            Wake(e.Owner.Waiter);
        e.AtTriggers.ForEach(_chain.Enqueue);
        return true;
    }

    private void Follow()
    {
        while (_chain.TryDequeue(out var next))
            CompleteOne(next, null, null);
    }

    /// <summary>Outstanding events become complete, ready ones are dropped, and the AtTriggers fire in the order of creation.</summary>
    private void CancelEvents(Set set)
    {
        foreach (var e in set.Waiting)
        {
            e.IsPending = false;
            e.AtTriggers.ForEach(_chain.Enqueue);
        }
        set.Waiting.Clear();
        set.Ready.Clear();
        Follow();
    }

    private void CancelAndWake(Set rendezvous)
    {
        if (rendezvous.IsCancelled)
            return;
        rendezvous.IsCancelled = true;
        CancelEvents(rendezvous);
        Wake(rendezvous.Waiter);
    }

    /// <summary>Ends a wait for a rendezvous: an event and its failure, or no event and an error of the rendezvous itself.</summary>
    private Exception? Take(Set rendezvous, Waiter waiter, out Occurrence? e)
    {
        e = null;
        if (rendezvous.Waiter is not null && rendezvous.Waiter != waiter)
            return new InvalidOperationException();
        rendezvous.Waiter = null;
        if (rendezvous.IsCancelled)
            return new OperationCanceledException();
        e = rendezvous.Ready[0];
        rendezvous.Ready.RemoveAt(0);
        return Arrived(e.Failure);
    }

    /// <summary>An exception created by this step, without other failures.</summary>
    private static Failure Alone(Exception error) => new(error, []);

    /// <summary>An exception as it leaves the call in which it was thrown.</summary>
    private Failure Leaving(Exception error) => new(error, [.. OthersOf(error)]);

    private Exception? Arrived(Failure? failure)
    {
        if (failure is not null)
            _others[failure.Error] = failure.Others;
        return failure?.Error;
    }

    /// <summary>The failures of a block's events, in the order of creation.</summary>
    private static IEnumerable<Failure> FailuresOf(Set block) => block.Ready.OrderBy(e => e.Made).Select(e => e.Failure).OfType<Failure>();

    /// <summary>The first of several failures, which now has the others: each once, with those that came with it.</summary>
    private Exception? FirstOf(IEnumerable<Failure> failures)
    {
        var all = failures.SelectMany(failure => failure.Others.Prepend(failure.Error)).Distinct().ToList();
        return Arrived(all.Count == 0 ? null : new Failure(all[0], all[1..]));
    }

    protected override IEnumerable<Exception> OthersOf(Exception error) => _others.GetValueOrDefault(error, []);

    /// <summary>One pass: ready work, in order, then due timers, then asap. With nothing to do, time jumps to the next deadline.</summary>
    private bool PassOnce()
    {
        if (RunReady() | FireTimers() | FireAsap())
            return true;
        if (_timers.Count == 0)
            return false;
        _time = Math.Max(_time, _timers[0].Due);
        return FireTimers();
    }

    private bool RunReady()
    {
        bool any = _ready.Count > 0;
        while (_ready.TryDequeue(out var waiter))
            GoOn(waiter);
        return any;
    }

    private bool FireTimers()
    {
        bool any = false;
        for (DropTimers(); _timers.Count > 0 && _timers[0].Due <= _time; DropTimers())
        {
            var timer = _timers[0];
            any |= Complete(timer.Event, null, timer.Fails ? Alone(new TimeoutException()) : null);
        }
        return any;
    }

    private bool FireAsap()
    {
        var due = _asap.ToList();
        _asap.Clear();
        foreach (var e in due)
            Complete(e, null, null);
        return due.Count > 0;
    }

    /// <summary>Removes the timers of complete events.</summary>
    private void DropTimers() => _timers.RemoveAll(timer => !timer.Event.IsPending);
}
