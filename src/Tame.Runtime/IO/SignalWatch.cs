using System.Runtime.InteropServices;
using Tame.CompilerServices;

namespace Tame.IO;

/// <summary>One signal that a loop watches or has watched, and who waits for it, in the order of their coming.</summary>
internal sealed class SignalWatch(EventLoop loop, SignalTable table, PosixSignal signal)
{
    private readonly LinkedList<SignalWaiter> _waiters = [];

    public PosixSignal Signal => signal;

    /// <summary>It gets the signal.</summary>
    public bool IsOpen { get; set; }

    /// <summary>The signal came while it was watched and nobody waited: the next waiter gets it.</summary>
    public bool IsPending { get; set; }

    public bool HasWaiters => _waiters.Count != 0;

    /// <summary>Tells the loop that the signal came; false where the loop has ended. Any thread may call it.</summary>
    public bool TrySend() => loop.Send(new ArrivalMessage(this));

    public void Add(Event e, bool fails)
    {
        var waiter = new SignalWaiter(this, e, fails);
        waiter.Place = _waiters.AddLast(waiter);
        table.Waiting++;
        Event.OnCompleted(e, waiter);
    }

    /// <summary>The waiter's event completed; nothing happens where the signal did that.</summary>
    public void Remove(SignalWaiter waiter)
    {
        if (waiter.Place!.List is null)
            return;
        _waiters.Remove(waiter.Place);
        table.Waiting--;
        table.HasUnwaited |= _waiters.Count == 0;
    }

    private void Arrive()
    {
        IsPending = _waiters.Count == 0;
        SignalWaiter[] woken = [.. _waiters];       // those who come while these are told wait for the next
        _waiters.Clear();
        table.Waiting -= woken.Length;
        table.HasUnwaited = true;
        foreach (var waiter in woken)
            waiter.Complete();
    }

    /// <summary>A signal on its way from the thread that took it.</summary>
    private sealed class ArrivalMessage(SignalWatch watch) : Message
    {
        internal override void Run(EventLoop loop) => watch.Arrive();

        /// <summary>The waiters are complete, and the loop watches signals no longer.</summary>
        internal override void Drop(EventLoop loop)
        {
        }
    }
}

/// <summary>An event that waits for a signal; as a hook on that event it leaves when the event completes otherwise.</summary>
internal sealed class SignalWaiter(SignalWatch watch, Event e, bool fails) : Hook
{
    public LinkedListNode<SignalWaiter>? Place { get; set; }

    /// <summary>The signal came.</summary>
    public static void Complete(Event e, PosixSignal signal, bool fails)
    {
        if (fails)
            e.Fail(new OperationCanceledException($"The signal {signal} came before the event was triggered."));
        else
            e.Trigger();
    }

    public void Complete() => Complete(e, watch.Signal, fails);

    internal override void Completed(EventLoop loop)
    {
        watch.Remove(this);
        e.Lifeline!.ReturnAfter(e.Number);
    }
}
