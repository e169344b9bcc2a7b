using System.Runtime.CompilerServices;
using Tame.CompilerServices;
using Tame.IO;

namespace Tame;

/// <summary>
/// One kind of operation of a connection, a listener, or a datagram socket, of which at most one is in progress. It is both a hook on its event and an entry in
/// the descriptor table, so that an operation allocates nothing.
/// </summary>
internal abstract class Operation : Waiter
{
    /// <summary>The largest number of starts in a row that skip the attempt and wait.</summary>
    private const byte MostDoubts = 31;

    private LoopHandle _event;
    private ushort _attempts;

    /// <summary>The number of starts that will skip the attempt and wait, because an attempt would probably find nothing.</summary>
    private byte _waits;

    /// <summary>The value that <see cref="_waits"/> had after the last attempt that found nothing. Zero after one that found something.</summary>
    private byte _doubts;

    public bool IsUnderWay { get; private set; }

    public sealed override bool NeedsLooking => false;

    /// <summary>True if it waits for its owner's report.</summary>
    private bool IsWaiting { get; set; }

    /// <summary>Whether an event can take the result of an operation.</summary>
    /// <returns>False for an event that is empty or complete: then nothing is done.</returns>
    /// <exception cref="ArgumentException">The event belongs to another loop.</exception>
    public static bool Admits(LoopHandle handle, EventLoop loop)
    {
        if (handle.IsKept)
            return handle.IsPending;
        var e = handle.Event;
        if (e.Lifeline is not { } lifeline)
            return false;
        if (ReferenceEquals(lifeline.Loop, loop))
            return !Unsafe.IsNullRef(ref lifeline.Find(e.Number));
        if (!e.IsPending)
            return false;
        if (DetachedEvent.Is(lifeline))
            return true;
        throw NetworkErrors.EventOfAnotherLoop(nameof(e));
    }

    /// <summary>
    /// The handle for an operation. It needs no lifeline: an operation that waits is a hook of its event, so the waiting call refers to it, and the event cannot
    /// be lost. If the event belongs to another loop, <see cref="Admits"/> refuses the handle.
    /// </summary>
    public static LoopHandle HandleOf(KeptEvent e, EventLoop loop) => e.IsOf(loop) ? e : e.Share();

    /// <summary>The wait of this operation has ended, for the reason that its owner passes.</summary>
    public sealed override void Report(Exception? error)
    {
        if (!IsUnderWay)
            return;
        IsWaiting = false;
        if (error is not null)
            EndWith(error);
        else
            Continue();
    }

    /// <summary>Ends the current operation with a failure.</summary>
    public void Fail(Exception error)
    {
        if (IsWaiting)
            StopWaiting();
        EndWith(error);
    }

    /// <summary>Ends the current operation with a failure that has nothing to do with its connection.</summary>
    protected void Abandon(Exception error)
    {
        if (IsWaiting)
            StopWaiting();
        Abandoned();
        EndWith(error);
    }

    /// <summary>The event has completed, by this operation or by something else.</summary>
    internal sealed override void Completed(EventLoop loop)
    {
        if (!IsUnderWay)
            return;
        if (IsWaiting)
            StopWaiting();
        var e = _event;
        Abandoned();
        Clear();
        e.ReturnLifeline();
    }

    /// <summary>Tries to do the operation. Returns false if it would block.</summary>
    protected abstract bool Attempt();

    /// <summary>Begins to wait for <see cref="Report"/>. Throws if that is impossible.</summary>
    protected abstract void StartWaiting();

    /// <summary>The report is no longer needed.</summary>
    protected abstract void StopWaiting();

    /// <summary>Drops the references to the caller's objects.</summary>
    protected abstract void Release();

    /// <summary>Something else has completed the event while the operation was in progress. The operation no longer waits.</summary>
    protected virtual void Abandoned()
    {
    }

    /// <summary>Ends with a failure. An operation without an event overrides it.</summary>
    protected virtual void EndWith(Exception error) => End().Fail(error);

    /// <summary>Waits with an event that was admitted.</summary>
    protected void Begin(LoopHandle e)
    {
        IsUnderWay = true;
        _event = e;
        e.OnCompleted(this);
        WaitAgain();
    }

    /// <summary>Whether this start may make an attempt before it waits. Counts it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected bool TakeTry(EventLoop loop, byte most = Patience.Receives)
    {
        if (_waits != 0)
        {
            _waits--;
            return false;
        }
        return Patience.TryTake(loop, ref _attempts, most);
    }

    /// <summary>
    /// An attempt before a wait has found nothing, which costs a system call. If this happens again and again, most starts skip the attempt: a peer that answers
    /// each message usually has not answered yet.
    /// </summary>
    protected void DoubtTries()
    {
        _doubts = (byte)Math.Min(2 * _doubts + 1, MostDoubts);
        _waits = _doubts;
    }

    /// <summary>An attempt before a wait has succeeded.</summary>
    protected void TrustTries() => _doubts = 0;

    /// <summary>An attempt has taken everything that was available, so the next start waits.</summary>
    protected void WaitNext() => _waits = Math.Max(_waits, (byte)1);

    /// <summary>Ends the operation, and returns the event for the caller to complete at once.</summary>
    protected LoopHandle End()
    {
        var e = _event;
        Clear();
        return e;
    }

    private void Continue()
    {
        Patience.Restore(ref _attempts);
        try
        {
            if (Attempt())
                return;
        }
        catch (Exception error)
        {
            EndWith(error);
            return;
        }
        WaitAgain();
    }

    private void WaitAgain()
    {
        IsWaiting = true;
        try
        {
            StartWaiting();
        }
        catch (Exception error)
        {
            IsWaiting = false;
            EndWith(error);
        }
    }

    private void Clear()
    {
        IsUnderWay = false;
        IsWaiting = false;
        _event = default;
        Release();
    }
}
