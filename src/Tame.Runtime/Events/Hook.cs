using System.Runtime.CompilerServices;
using Tame.CompilerServices;

namespace Tame;

/// <summary>
/// An object that is called when one event completes, in any way. It is attached to one event at a time. It must not hold the handle of that event, because
/// then a loss of the event would never be detected.
/// </summary>
internal abstract class Hook : Linked
{
    /// <summary>An event with at most this many hooks is not swept.</summary>
    private const int Few = 32;

    /// <summary>The hook of the same event that was added after this one. Null in the newest, which the event's cell holds.</summary>
    private Hook? _newer;

    /// <summary>In the newest of several hooks: the number of hooks, and the number above which adding one sweeps.</summary>
    private int _count, _limit;

    /// <summary>True if calling the hook would have no effect. A sweep removes such a hook.</summary>
    internal virtual bool IsPointless => false;

    /// <summary>Calls the hooks of one event in the order in which they were added. The list starts with the newest.</summary>
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

    /// <summary>Adds this hook to a pending event.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void AddTo(ref Cell cell)
    {
        var first = cell.Hooks;
        Next = first;
        cell.Hooks = this;
        if (first is not null)
            Follow(first, ref cell);
    }

    /// <summary>Removes this hook from a pending event.</summary>
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

    /// <summary>Clears the links to its neighbors.</summary>
    internal void Detach() => Next = _newer = null;

    /// <summary>
    /// The event has completed. Called once, on the loop's thread. Implementations run no user code (rule 6 of docs/threads.md) and complete no other event
    /// themselves.
    /// </summary>
    internal abstract void Completed(EventLoop loop);

    /// <summary>Called before <see cref="Completed"/> with the lifeline of the event, for a hook that must not hold it.</summary>
    internal virtual void Bind(Lifeline lifeline)
    {
    }

    /// <summary>The event that completes with the hook's own, which has that lifeline. Empty if the hook completes none.</summary>
    internal virtual Event TargetOf(Lifeline lifeline) => default;

    /// <summary>The hook was removed, and will not be called.</summary>
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

    /// <summary>Removes pointless hooks. At least half of the hooks are new since the last sweep, so the cost per hook stays constant.</summary>
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
