using Tame.CompilerServices;

namespace Tame;

/// <summary>
/// Finds the calls that now wait for events of one loop, directly or through a <c>+</c>, Map, Bind, or AtTrigger. Used for reports, on the loop's thread.
/// </summary>
internal sealed class WaiterSearch(EventLoop loop)
{
    private readonly Stack<Event> _left = new();
    private readonly HashSet<Event> _seen = [];
    private readonly HashSet<Closure> _found = [];

    /// <summary>True if the loop's run waits for an event of the call that was searched last.</summary>
    public bool FoundRun { get; private set; }

    /// <summary>The calls that wait for an event that this call has as a parameter.</summary>
    public IEnumerable<Closure> WaitersOf(Closure call)
    {
        _seen.Clear();
        _found.Clear();
        FoundRun = false;
        foreach (var e in call.HeldEvents)
            Follow(e);
        while (_left.TryPop(out var e))
            Look(e);
        return _found;
    }

    /// <summary>A call that waits for this event, or null. The search keeps no handle.</summary>
    public Closure? WaiterFor(Event e)
    {
        Follow(e);
        while (_left.TryPop(out var next))
            Look(next);
        Closure? first = null;
        foreach (var waiter in _found)
            first ??= waiter;
        _seen.Clear();
        _found.Clear();
        return first;
    }

    /// <summary>Adds an event that may complete with the current one.</summary>
    public void Follow(Event e)
    {
        if (ReferenceEquals(e.Loop, loop) && _seen.Add(e))
            _left.Push(e);
    }

    /// <summary>Adds a call that waits for the current event.</summary>
    public void Add(Closure waiter) => _found.Add(waiter);

    /// <summary>Records that the loop's run waits for the current event.</summary>
    public void AddRun() => FoundRun = true;

    private void Look(Event e)
    {
        // Lifeline.Find would treat the handle of a complete event as one that is gone.
        if (e.Lifeline!.Source is not { } source)
            return;
        ref var cell = ref source.Find(e.Number);
        if (System.Runtime.CompilerServices.Unsafe.IsNullRef(ref cell))
            return;
        source.AddWaiters(this);
        for (Linked? hook = cell.Hooks; hook is not null; hook = hook.Next)
            Follow(System.Runtime.CompilerServices.Unsafe.As<Hook>(hook).TargetOf(e.Lifeline));
    }
}
