using System.Runtime.InteropServices;
using Tame.CompilerServices;

namespace Tame.IO;

/// <summary>One signal that a loop watches or has watched, and its waiters in order of arrival.</summary>
internal sealed class SignalWatch(EventLoop loop, SignalTable table, PosixSignal signal)
{
    private readonly LinkedList<SignalWaiter> _waiters = [];

    public PosixSignal Signal => signal;

    /// <summary>True if the signal is watched.</summary>
    public bool IsOpen { get; set; }

    /// <summary>True if the signal arrived while it was watched without waiters: the next waiter gets it.</summary>
    public bool IsPending { get; set; }

    public bool HasWaiters => _waiters.Count != 0;

    /// <summary>Notifies the loop of the signal. Returns false if the loop has ended. Any thread may call it.</summary>
    public bool TrySend() => loop.Send(new ArrivalMessage(this));

    public void Add(Event e, bool fails)
    {
        var waiter = new SignalWaiter(this, e, fails);
        waiter.Place = _waiters.AddLast(waiter);
        table.Waiting++;
        Event.OnCompleted(e, waiter);
    }

    /// <summary>The waiter's event has completed. Does nothing if the signal completed it.</summary>
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
        SignalWaiter[] woken = [.. _waiters];       // waiters that are added from here on wait for the next signal
        _waiters.Clear();
        table.Waiting -= woken.Length;
        table.HasUnwaited = true;
        foreach (var waiter in woken)
            waiter.Complete();
    }

    /// <summary>Carries a signal from the thread that received it.</summary>
    private sealed class ArrivalMessage(SignalWatch watch) : Message
    {
        internal override void Run(EventLoop loop) => watch.Arrive();

        /// <summary>The waiters are complete, and the loop no longer watches signals.</summary>
        internal override void Drop(EventLoop loop)
        {
        }
    }
}

/// <summary>An event that waits for a signal. As a hook on that event, it leaves when something else completes the event.</summary>
internal sealed class SignalWaiter(SignalWatch watch, Event e, bool fails) : Hook
{
    public LinkedListNode<SignalWaiter>? Place { get; set; }

    /// <summary>Completes an event because the signal has arrived.</summary>
    public static void Complete(Event e, PosixSignal signal, bool fails)
    {
        if (fails)
            e.Fail(new OperationCanceledException($"The signal {signal} arrived before the event was triggered."));
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
