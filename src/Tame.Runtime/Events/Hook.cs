using System.Runtime.CompilerServices;
using Tame.CompilerServices;

namespace Tame;

/// <summary>
/// Wants to know that one event completed, in whichever way; it sits on one event at a time. A hook must not hold the handle of the event
/// that it sits on, for then no loss of that event would ever be seen.
/// </summary>
internal abstract class Hook : Linked
{
    /// <summary>An event with so many hooks or fewer is not swept.</summary>
    private const int Few = 32;

    /// <summary>The hook of the same event that was added after this one; null in the newest, which the event's cell holds.</summary>
    private Hook? _newer;

    /// <summary>In the newest of several hooks: how many there are, and the number beyond which the next one sweeps.</summary>
    private int _count, _limit;

    /// <summary>True when the call would have no effect: a sweep takes the hook out.</summary>
    internal virtual bool IsPointless => false;

    /// <summary>Calls the hooks of one event in the order in which they were added; the list has the newest first.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void CallAll(Hook newest, EventLoop loop, Lifeline? lifeline = null)
    {
        if (newest.Next is null)
        {
            newest.Call(loop, lifeline);
            return;
        }
        Linked? oldest = null;
        for (Linked? hook = newest; hook is not null;)
        {
            var next = hook.Next;
            hook.Next = oldest;
            oldest = hook;
            hook = next;
        }
        while (oldest is not null)
        {
            var next = oldest.Next;
            var hook = Unsafe.As<Hook>(oldest);
            hook.Detach();
            hook.Call(loop, lifeline);
            oldest = next;
        }
    }

    /// <summary>Adds this hook to those of a pending event.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void AddTo(ref Cell cell)
    {
        var first = cell.Hooks;
        Next = first;
        cell.Hooks = this;
        if (first is not null)
            Follow(first, ref cell);
    }

    /// <summary>Takes this hook out of those of a pending event.</summary>
    internal void RemoveFrom(ref Cell cell)
    {
        var next = Unsafe.As<Hook?>(Next);
        if (next is not null)
            next._newer = _newer;
        if (_newer is { } newer)
        {
            newer.Next = next;
            cell.Hooks!._count--;
        }
        else
        {
            cell.Hooks = next;
            if (next is not null)
                (next._count, next._limit) = (_count - 1, _limit);
        }
        Detach();
    }

    /// <summary>Forgets its neighbors.</summary>
    internal void Detach() => Next = _newer = null;

    /// <summary>The event completed. Called once, on the loop's thread; runs no user code (rule 6 of docs/threads.md) and completes no other event itself.</summary>
    internal abstract void Completed(EventLoop loop);

    /// <summary>Comes before <see cref="Completed"/> with the lifeline of the event, for a hook that had to do without it.</summary>
    internal virtual void Bind(Lifeline lifeline)
    {
    }

    /// <summary>The event that completes with the hook's own, which has that lifeline; empty where the hook completes none.</summary>
    internal virtual Event TargetOf(Lifeline lifeline) => default;

    /// <summary>The hook was taken out, and will not be called.</summary>
    private protected virtual void Removed()
    {
    }

    private void Call(EventLoop loop, Lifeline? lifeline)
    {
        if (lifeline is not null)
            Bind(lifeline);
        Completed(loop);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Follow(Hook first, ref Cell cell)
    {
        first._newer = this;
        (int count, _limit) = first.Next is null ? (1, Few) : (first._count, first._limit);
        _count = count + 1;
        if (_count > _limit)
            Sweep(ref cell);
    }

    /// <summary>Takes out what is pointless. Half of the hooks at least are new since the last sweep, so that the cost of one hook stays constant.</summary>
    private void Sweep(ref Cell cell)
    {
        for (var hook = Unsafe.As<Hook?>(Next); hook is not null;)
        {
            var next = Unsafe.As<Hook?>(hook.Next);
            if (hook.IsPointless)
            {
                hook.RemoveFrom(ref cell);
                hook.Removed();
            }
            hook = next;
        }
        _limit = Math.Max(Few, 2 * _count);
    }
}
