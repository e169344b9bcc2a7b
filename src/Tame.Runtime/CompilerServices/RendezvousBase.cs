using System.ComponentModel;
using System.Diagnostics;

namespace Tame.CompilerServices;

/// <summary>The common base of rendezvous with and without ids.</summary>
/// <remarks>It belongs to the loop on which it is first used. Call its members only on that loop's thread.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class RendezvousBase : IDisposable
{
    private const string Self = "This rendezvous";
    private EntrySet _entries;
    private Closure? _waiter;
    private bool _waiterWoken;
    private bool _isCancelled;
    private bool _isCancelledByLoop;

    private protected RendezvousBase()
    {
    }

    /// <summary>The number of events that have been created and are not yet complete.</summary>
    /// <exception cref="InvalidOperationException">This is not the thread of the rendezvous' loop.</exception>
    public int Waiting => Read()._entries.Waiting;

    /// <summary>The number of events that are complete and not yet joined.</summary>
    /// <exception cref="InvalidOperationException">This is not the thread of the rendezvous' loop.</exception>
    public int Ready => Read()._entries.Ready;

    /// <summary>True after <see cref="Cancel"/> or <see cref="Dispose"/>.</summary>
    /// <exception cref="InvalidOperationException">This is not the thread of the rendezvous' loop.</exception>
    public bool IsCancelled => Read()._isCancelled;

    internal EventLoop? Loop { get; private set; }

    /// <summary>True if it has no events and is not cancelled.</summary>
    internal bool IsIdle => _entries.Waiting + _entries.Ready == 0 && !_isCancelled;

    /// <summary>
    /// Marks the outstanding events complete and drops those that are ready and not joined. Fires their AtTriggers in the order in which the events were created.
    /// Then it wakes the waiter, which gets an <see cref="OperationCanceledException"/>. Later waits and joins get it too.
    /// </summary>
    /// <exception cref="InvalidOperationException">This is not the thread of the rendezvous' loop.</exception>
    public void Cancel()
    {
        RequireThread();
        if (_isCancelled)
            return;
        _isCancelled = true;
        var hooks = new HookList();
        foreach (var entry in _entries.TakePending())
        {
            hooks.Add(entry.Close(Loop!));
            entry.Return(Loop!);
        }
        while (_entries.Ready != 0)
            _entries.TakeReady().Return(Loop!);
        if (Loop is not null)
        {
            _entries.Clear(Loop);
            _entries = default;
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

    /// <summary>Cancels at the end of the loop. The resulting exceptions count as caused by the loop.</summary>
    internal void CancelForLoop()
    {
        _isCancelledByLoop = true;
        Cancel();
    }

    /// <summary>Assigns the rendezvous to the loop of this thread.</summary>
    internal void Bind(EventLoop loop)
    {
        if (ReferenceEquals(Loop, loop))
            return;
        if (Loop is { IsEnded: false } owner)
            throw Errors.WrongThread(Self, owner);
        if (Loop is not null && _entries.Waiting + _entries.Ready != 0)
            throw Errors.LoopHasEnded(Loop);
        Loop = loop;
    }

    /// <summary>
    /// Binds to the creating call's loop for a new event. Returns the entry for the event. If it returns null, the caller must <see cref="Enter"/> one.
    /// </summary>
    internal RendezvousEntry? Open(Closure maker)
    {
        var loop = maker.Loop ?? throw Errors.NoLoop();
        Bind(loop);
        ObjectDisposedException.ThrowIf(_isCancelled, this);
        var entry = _entries.Take();
        entry?.NoteKept(loop, -1);
        return entry;
    }

    /// <summary>Adds an entry for the event that was opened last.</summary>
    internal void Enter(RendezvousEntry entry)
    {
        entry.Owner = this;
        _entries.Put(entry);
    }

    /// <summary>Frees the entry of a joined event: it stays here, or returns to its pool.</summary>
    internal void Free(RendezvousEntry entry)
    {
        var loop = Loop!;
        if (_entries.TryKeep(entry))
        {
            entry.Clear();
            entry.NoteKept(loop, 1);
            return;
        }
        entry.Return(loop);
        if (_entries.Kept != 0 && _entries.Waiting + _entries.Ready == 0)
            _entries.Clear(loop);
    }

    /// <summary>An event has completed. It is ready now, and so is the waiting call.</summary>
    internal void Arrived(RendezvousEntry entry)
    {
        _entries.MakeReady(entry);
        WakeWaiter();
    }

    /// <summary>True if the event that the next join takes had that number.</summary>
    internal bool OldestReadyIs(long number) => _entries.Ready != 0 && _entries.Oldest.CompletedNumber == RendezvousEntry.Short(number);

    internal void AddWaiter(WaiterSearch search)
    {
        if (_waiter is { } waiter && waiter.WaitsAt(this))
            search.Add(waiter);
    }

    /// <summary>Returns true if the wait of that call can end. Otherwise the call becomes the waiter and blocks.</summary>
    internal bool CanEnd(Closure waiter)
    {
        if (_isCancelled || IsTakenBy(waiter) || _entries.Ready != 0)
            return true;
        _waiter = waiter;
        _waiterWoken = false;
        return false;
    }

    /// <summary>The loop ends. Removes the waiter and cancels the outstanding events.</summary>
    internal void ClearWaiter()
    {
        _waiter = null;
        Cancel();
    }

    /// <summary>Ends a wait. Returns an event and its failure, or an error of the rendezvous itself and no event.</summary>
    internal Exception? EndJoin(Closure waiter, out RendezvousEntry? entry)
    {
        entry = null;
        if (IsTakenBy(waiter))
            return Errors.SecondWaiter();
        _waiter = null;
        if (_isCancelled)
            return Cancelled();
        entry = _entries.TakeReady();
        return entry.Error;
    }

    /// <summary>Takes a ready event without a wait, or returns null.</summary>
    internal RendezvousEntry? TryTake()
    {
        RequireThread();
        if (_isCancelled)
            throw Cancelled();
        return _entries.Ready == 0 ? null : _entries.TakeReady();
    }

    /// <summary>Takes a ready event without a wait and throws its failure, or returns null.</summary>
    [StackTraceHidden]
    internal RendezvousEntry? TryTakeOrThrow()
    {
        var entry = TryTake();
        if (entry?.Error is { } error)
        {
            entry.Free();
            FailureGroup.Throw(error);
        }
        return entry;
    }

    /// <summary>True if another call already waits here.</summary>
    private bool IsTakenBy(Closure waiter) => _waiter is not null && !ReferenceEquals(_waiter, waiter);

    private OperationCanceledException Cancelled()
    {
        var error = Errors.Cancelled();
        return _isCancelledByLoop ? Loop!.OwnCancellations!.Note(error) : error;
    }

    private void WakeWaiter()
    {
        if (_waiter is null || _waiterWoken)
            return;
        _waiterWoken = true;
        _waiter.Wake();
    }

    private void RequireThread()
    {
        if (Loop is not null && !LoopThread.HasEntered(Loop) && !Loop.IsEnded)
            throw Errors.WrongThread(Self, Loop);
    }

    private RendezvousBase Read()
    {
        RequireThread();
        return this;
    }
}
