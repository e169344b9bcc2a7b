using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Tame.CompilerServices;

/// <summary>An implicit rendezvous: the events created inside one <c>twait</c> block. Only the runtime derives from it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class Block : Source
{
    /// <summary>
    /// The lifeline of all events here while the body is inside the block. Between two blocks, it is the lifeline to use next. Null while events are pending
    /// after the closing brace: then only their handles hold it.
    /// </summary>
    private Lifeline? _lifeline;
    private int _pending;

    /// <summary>Unless the first cell is free, the next event goes to the extra cells.</summary>
    private FirstCell _first;
    private bool _closed;

    /// <summary>The upper part of <see cref="Closure.Since"/>. One more byte would make every closure a word larger.</summary>
    private protected byte SinceHigh;

    /// <summary>Which event has the first cell.</summary>
    private enum FirstCell : byte
    {
        Free,
        WithLifeline,

        /// <summary>The only event, which <see cref="Keep"/> created. Then the lifeline, if there is one, is the next one to use.</summary>
        Kept,
    }

#if DEBUG
    internal bool HasLifeline => _lifeline is not null;
#endif

    private protected Block()
    {
    }

    /// <summary>The call that owns this block.</summary>
    private protected abstract Closure Owner { get; }

    /// <summary>Adds a pending event and returns its lifeline. The body is inside the block.</summary>
    internal Lifeline Add(EventLoop loop, object? target, nint offset, int line, out long number)
    {
        var lifeline = _lifeline ??= loop.Pools.RentLifeline(loop, this);
        ref var cell = ref First;
        if (_first == FirstCell.Free)
        {
            _first = FirstCell.WithLifeline;
            cell.Number = number = loop.Numbers.Take();
            lifeline.AddFirst(number);
        }
        else
        {
            cell = ref (Extras ??= new CallExtras()).More.Add(loop, out number);
            lifeline.AddAnother(number);
        }
        cell.Aim(target, offset);
        cell.Line = line;
        _pending++;
        return lifeline;
    }

    /// <summary>The loop of the event that <see cref="Keep"/> created.</summary>
    internal EventLoop KeptIn => Owner.Loop!;

    /// <summary>The call that waits for that event. Null while the body is still inside the block.</summary>
    internal Closure? Waiter => Owner.WaitsAt(this) ? Owner : null;

    /// <summary>Adds the only event of the block, which has no lifeline because only the runtime has its handle. Returns its number.</summary>
    internal long Keep(EventLoop loop, object? target, nint offset, int line)
    {
        Debug.Assert(_pending == 0 && _first == FirstCell.Free, "An event that is kept is the only one of its block.");
        ref var cell = ref First;
        _first = FirstCell.Kept;
        long number = cell.Number = loop.Numbers.Take();
        cell.Aim(target, offset);
        cell.Line = line;
        _pending = 1;
        return number;
    }

    /// <summary>Gives the event that <see cref="Keep"/> created a lifeline, because other code will have its handle.</summary>
    internal Lifeline Share()
    {
        var lifeline = _lifeline ??= KeptIn.Pools.RentLifeline(KeptIn, this);
        _first = FirstCell.WithLifeline;
        lifeline.AddFirst(First.Number);
        return lifeline;
    }

    /// <summary>
    /// Completes the event that <see cref="Keep"/> created, if it has that number and is pending. The caller must drain the chain of completions.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool CompleteKept(EventLoop loop, long number, Exception? error)
    {
        if (First.Number != number)
            return false;
        if (error is not null)
            AddFailure(number, error);
        var hooks = First.Close(loop, this);
        _pending = 0;
        if (_closed)
            loop.Wake(Owner);
        if (hooks is not null)
            Hook.CallAll(hooks, loop);
        return true;
    }

    internal override void LeavePool()
    {
        _lifeline?.Release();
        _lifeline = null;
    }

    /// <summary>The closing brace. Drops the reference to the lifeline if events are pending. Returns true if every event has completed.</summary>
    internal bool Close()
    {
        _closed = true;
        if (_pending == 0)
            return true;
        if (_first != FirstCell.Kept)
            _lifeline = null;
        return false;
    }

    internal sealed override void Complete(Lifeline lifeline, ref Cell cell, Exception? error)
    {
        var loop = lifeline.Loop;
        lifeline.NoteComplete(cell.Number);
        if (error is not null)
            AddFailure(cell.Number, error);
        var hooks = cell.Close(loop, this);
        if (--_pending == 0 && _closed)
        {
            if (lifeline.IsSuspected)
                lifeline.Release();
            else
                _lifeline = lifeline;
            loop.Wake(Owner);
        }
        if (hooks is not null)
            Hook.CallAll(hooks, loop, lifeline);
    }

    internal sealed override long PendingUpTo(long last) => _pending != 0 && FirstPending() is var number && number <= last ? number : 0;

    internal sealed override bool Keeps(Lifeline lifeline) => ReferenceEquals(_lifeline, lifeline);

    /// <summary>Without this, an unreachable block would be finalized with its lifeline at each collection.</summary>
    internal sealed override bool TryDetach(Lifeline lifeline)
    {
        if (!Keeps(lifeline))
            return true;
        if (_pending != 0)
            return false;
        _lifeline = null;
        return true;
    }

    internal sealed override LostEventException Lose(long last)
    {
        var loss = LostEvents.In(Owner.Type, ref First, Extras);
        AddFailure(FirstPending(), loss);
        CancelEvents();
        if (_closed)
            Owner.Wake();
        return loss;
    }

    internal sealed override void AddWaiters(WaiterSearch search)
    {
        if (Owner.WaitsAt(this))
            search.Add(Owner);
    }

    /// <summary>An exception leaves the block, or the loop ends. Completes its events, which no code waits for.</summary>
    internal void Abandon()
    {
        if (_lifeline is { } lifeline)
        {
            _lifeline = null;
            if (_pending == 0 || _first == FirstCell.Kept)
                lifeline.Release();
            else
                lifeline.Orphan();
        }
        if (_pending != 0)
            CancelEvents();
    }

    /// <summary>Wakes the call that waits here with a failure, which precedes those of the events.</summary>
    internal void Fail(Exception error)
    {
        AddFailure(BlockFailures.BeforeAll, error);
        CancelEvents();
        Owner.Wake();
    }

    /// <summary>Takes the joined failures of the block, and prepares the block for its next use.</summary>
    internal Exception? Reset()
    {
        _first = FirstCell.Free;
        _closed = false;
        return Extras is { } extras ? Reset(extras) : null;
    }

    /// <summary>Marks all events complete, in the order of their creation, and then calls their hooks.</summary>
    private void CancelEvents()
    {
        var loop = Owner.Loop!;
        _pending = 0;
        var hooks = new HookList();
        if (First.IsPending)
            hooks.Add(First.Close(loop));
        Extras?.More.CloseAll(loop, ref hooks);
        hooks.Call(loop);
    }

    private static Exception? Reset(CallExtras extras)
    {
        extras.More.Reset();
        return extras.Failures.IsEmpty ? null : extras.Failures.Take();
    }

    private void AddFailure(long number, Exception error) => (Extras ??= new CallExtras()).Failures.Add(number, error);

    /// <summary>The number of the first event that is still pending. There must be one.</summary>
    private long FirstPending()
    {
        if (First.IsPending)
            return First.Number;
        ref var more = ref Extras!.More;
        int i = 0;
        while (!more[i].IsPending)
            i++;
        return more[i].Number;
    }
}
