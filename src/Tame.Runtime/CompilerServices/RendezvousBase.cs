using System.ComponentModel;
using System.Diagnostics;

namespace Tame.CompilerServices;

/// <summary>What the rendezvous with and without ids have in common.</summary>
/// <remarks>It belongs to the loop on which it is first used; every member is for that loop's thread only.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class RendezvousBase : IDisposable
{
    private const string Self = "This rendezvous";
    private RecordSet _records;
    private Closure? _waiter;
    private bool _waiterWoken;
    private bool _isCancelled;

    private protected RendezvousBase()
    {
    }

    /// <summary>How many events are made and not yet complete.</summary>
    /// <exception cref="InvalidOperationException">This is not the thread of the rendezvous' loop.</exception>
    public int Waiting => Read()._records.Waiting;

    /// <summary>How many events are complete and not yet joined.</summary>
    /// <exception cref="InvalidOperationException">This is not the thread of the rendezvous' loop.</exception>
    public int Ready => Read()._records.Ready;

    /// <summary>True after <see cref="Cancel"/> or <see cref="Dispose"/>.</summary>
    /// <exception cref="InvalidOperationException">This is not the thread of the rendezvous' loop.</exception>
    public bool IsCancelled => Read()._isCancelled;

    internal EventLoop? Loop { get; private set; }

    /// <summary>It has no events, and is not cancelled.</summary>
    internal bool IsIdle => _records.Waiting + _records.Ready == 0 && !_isCancelled;

    /// <summary>
    /// Marks the outstanding events complete and drops those that are ready and not joined; fires their AtTriggers in the order of making,
    /// then wakes the waiter, which gets an <see cref="OperationCanceledException"/>. Later waits and joins get it too.
    /// </summary>
    /// <exception cref="InvalidOperationException">This is not the thread of the rendezvous' loop.</exception>
    public void Cancel()
    {
        RequireThread();
        if (_isCancelled)
            return;
        _isCancelled = true;
        var hooks = new HookList();
        foreach (var record in _records.TakePending())
        {
            hooks.Add(record.Close(Loop!));
            record.Return(Loop!);
        }
        while (_records.Ready != 0)
            _records.TakeReady().Return(Loop!);
        if (Loop is not null)
        {
            _records.Clear(Loop);
            _records = default;
            hooks.Call(Loop);
        }
        WakeWaiter();
    }

    /// <summary>The same as <see cref="Cancel"/>.</summary>
    /// <exception cref="InvalidOperationException">This is not the thread of the rendezvous' loop.</exception>
    public void Dispose()
    {
        Cancel();
        GC.SuppressFinalize(this);
    }

    /// <summary>Makes the rendezvous belong to the loop of this thread.</summary>
    internal void Bind(EventLoop loop)
    {
        if (ReferenceEquals(Loop, loop))
            return;
        if (Loop is { IsEnded: false } owner)
            throw Errors.WrongThread(Self, owner);
        if (Loop is not null && _records.Waiting + _records.Ready != 0)
            throw Errors.LoopHasEnded(Loop);
        Loop = loop;
    }

    /// <summary>Binds to the maker's loop for a new event. Returns the record to make it with; null where the caller has to <see cref="Enter"/> one.</summary>
    internal Record? Open(Closure maker)
    {
        var loop = maker.Loop ?? throw Errors.NoLoop();
        Bind(loop);
        ObjectDisposedException.ThrowIf(_isCancelled, this);
        var record = _records.Take();
        record?.NoteKept(loop, -1);
        return record;
    }

    /// <summary>Takes in a record for the event that was opened last.</summary>
    internal void Enter(Record record)
    {
        record.Owner = this;
        _records.Put(record);
    }

    /// <summary>The record of a joined event: it stays here, or goes back to its pool.</summary>
    internal void Free(Record record)
    {
        var loop = Loop!;
        if (_records.TryKeep(record))
        {
            record.Clear();
            record.NoteKept(loop, 1);
            return;
        }
        record.Return(loop);
        if (_records.Kept != 0 && _records.Waiting + _records.Ready == 0)
            _records.Clear(loop);
    }

    /// <summary>An event completed: it is ready, and so is whoever waits.</summary>
    internal void Arrived(Record record)
    {
        _records.MakeReady(record);
        WakeWaiter();
    }

    /// <summary>True when the wait of that call can end; else the call is the waiter now and blocks.</summary>
    internal bool CanEnd(Closure waiter)
    {
        if (_isCancelled || IsTakenBy(waiter) || _records.Ready != 0)
            return true;
        _waiter = waiter;
        _waiterWoken = false;
        return false;
    }

    /// <summary>The loop ends: the waiter is gone, and the outstanding events are cancelled.</summary>
    internal void Forget()
    {
        _waiter = null;
        Cancel();
    }

    /// <summary>Ends a wait: an event and its failure, or an error of the rendezvous itself and no event.</summary>
    internal Exception? EndJoin(Closure waiter, out Record? record)
    {
        record = null;
        if (IsTakenBy(waiter))
            return Errors.SecondWaiter();
        _waiter = null;
        if (_isCancelled)
            return Errors.Cancelled();
        record = _records.TakeReady();
        return record.Error;
    }

    /// <summary>Takes a ready event without a wait, or returns null.</summary>
    internal Record? TryTake()
    {
        RequireThread();
        if (_isCancelled)
            throw Errors.Cancelled();
        return _records.Ready == 0 ? null : _records.TakeReady();
    }

    /// <summary>Takes a ready event without a wait, throwing its failure, or returns null.</summary>
    [StackTraceHidden]
    internal Record? TryTakeOrThrow()
    {
        var record = TryTake();
        if (record?.Error is { } error)
        {
            record.Free();
            FailureGroup.Throw(error);
        }
        return record;
    }

    /// <summary>Another call waits here already.</summary>
    private bool IsTakenBy(Closure waiter) => _waiter is not null && !ReferenceEquals(_waiter, waiter);

    private void WakeWaiter()
    {
        if (_waiter is null || _waiterWoken)
            return;
        _waiterWoken = true;
        _waiter.Wake();
    }

    private void RequireThread()
    {
        if (Loop is not null && !LoopThread.Is(Loop) && !Loop.IsEnded)
            throw Errors.WrongThread(Self, Loop);
    }

    private RendezvousBase Read()
    {
        RequireThread();
        return this;
    }
}
