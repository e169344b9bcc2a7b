using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Tame.CompilerServices;

/// <summary>The object that a handle refers to. It holds pending events and is notified when they complete. Only the runtime derives from it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class Source : Work
{
    /// <summary>The first event, which for most sources is the only one.</summary>
    internal Cell First;

    /// <summary>Created on first use. Only blocks have it.</summary>
    private protected CallExtras? Extras;

    /// <summary>The index of a call in its loop's <see cref="SourceSet"/>, or -1 if it is not there; or the index of an entry in its rendezvous.</summary>
    internal int Place
    {
        get => First.Place;
        set => First.Place = value;
    }

#if DEBUG
    /// <summary>The line of a free object. No event is created in such a line.</summary>
    private const int LineOfFree = int.MinValue;

    internal sealed override bool IsFree
    {
        get => First.Line == LineOfFree;
        set => First.Line = value ? LineOfFree : 0;
    }

#endif
    private protected Source() => Place = -1;

    /// <summary>The pending event with that number, or a null reference. Safe on any thread, but possibly out of date: rule 4 of docs/threads.md.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ref Cell Find(long number)
    {
        if (First.Number == number)
            return ref First;
        return ref FindExtra(number);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ref Cell FindExtra(long number) => ref Extras is { } extras ? ref extras.More.Find(number) : ref Unsafe.NullRef<Cell>();

    /// <summary>Makes the first event pending and returns its lifeline.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Lifeline OpenFirst(EventLoop loop, object? target = null, nint offset = 0)
    {
        var lifeline = loop.Pools.RentLifeline(loop, this);
        long number = loop.Numbers.Take();
        First.Number = number;
        lifeline.AddFirst(number);
        First.Aim(target, offset);
        return lifeline;
    }

    /// <summary>Handles the completion of one event, whose slots are written. <paramref name="lifeline"/> is the one that its handle held.</summary>
    internal abstract void Complete(Lifeline lifeline, ref Cell cell, Exception? error);

    /// <summary>
    /// The number of the first pending event that is not greater than <paramref name="last"/>, or zero. An earlier use of this object has smaller numbers.
    /// </summary>
    internal virtual long PendingUpTo(long last) => First.IsPending && First.Number <= last ? First.Number : 0;

    /// <summary>True if the loop itself holds that lifeline through this object.</summary>
    internal virtual bool Keeps(Lifeline lifeline) => false;

    /// <summary>Releases a lifeline whose events are complete. Returns false if one is pending and this object keeps the lifeline.</summary>
    internal virtual bool TryDetach(Lifeline lifeline) => true;

    /// <summary>Adds the calls that wait for the events here, and follows the events that complete with them. Used for reports.</summary>
    internal virtual void AddWaiters(WaiterSearch search)
    {
    }

    /// <summary>
    /// The lifeline of the events pending up to that number is gone, and every handle with it: those events are lost. There is at least one. Returns the
    /// exception for the waiters, if they get one.
    /// </summary>
    internal abstract LostEventException? Lose(long last);
}
