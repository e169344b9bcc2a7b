using System.Runtime.InteropServices;

namespace Tame.IO;

/// <summary>The events of one loop that wait for signals.</summary>
/// <remarks>
/// A signal stays watched after its waiters have left, until the loop has nothing to run. So a signal that arrives between two waits is kept for the next, and
/// its default action is restored when no event waits for it again.
/// </remarks>
internal sealed class SignalTable(EventLoop loop) : IDisposable
{
    private readonly Dictionary<PosixSignal, SignalWatch> _watches = [];

    public bool HasWaiters => Waiting != 0;

    internal int Waiting { get; set; }

    /// <summary>True if a signal without waiters may still be watched.</summary>
    internal bool HasUnwaited { get; set; }

    /// <summary>Triggers or fails an event, on its own loop, when a signal arrives. Any thread may call it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The system has no such signal, or reserves it.</exception>
    public static void WaitFor(PosixSignal signal, Event e, bool fails)
    {
        if (!e.IsPending)
            return;
        var loop = e.Loop!;
        if (LoopThread.HasEntered(loop))
            loop.Signals().Wait(signal, e, fails);
        else
            loop.Send(new SignalWaitMessage(signal, e, fails));
    }

    /// <summary>Triggers or fails a pending event of this loop when a signal arrives.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The system has no such signal, or reserves it.</exception>
    public void Wait(PosixSignal signal, Event e, bool fails)
    {
        if (!_watches.TryGetValue(signal, out var watch))
            watch = new SignalWatch(loop, this, signal);
        if (watch.IsPending)
        {
            watch.IsPending = false;
            SignalWaiter.Complete(e, signal, fails);
            return;
        }
        if (!watch.IsOpen)
        {
            SignalSource.Add(watch);
            watch.IsOpen = true;
            _watches[signal] = watch;
        }
        watch.Add(e, fails);
    }

    /// <summary>The loop has nothing to run. Stops watching signals without waiters.</summary>
    public void CloseUnwaited()
    {
        if (!HasUnwaited)
            return;
        HasUnwaited = false;
        foreach (var watch in _watches.Values)
        {
            if (!watch.HasWaiters)
                Close(watch);
        }
    }

    public void Dispose()
    {
        foreach (var watch in _watches.Values)
            Close(watch);
    }

    private static void Close(SignalWatch watch)
    {
        if (!watch.IsOpen)
            return;
        watch.IsOpen = false;
        SignalSource.Remove(watch);
    }

    /// <summary>Carries a wait for a signal to the event's own loop, where no caller can take an exception.</summary>
    private sealed class SignalWaitMessage(PosixSignal signal, Event e, bool fails) : Message
    {
        internal override void Run(EventLoop loop)
        {
            if (!e.IsPending)
                return;
            try
            {
                loop.Signals().Wait(signal, e, fails);
            }
            catch (ArgumentOutOfRangeException error)
            {
                e.Fail(error);
            }
        }

        /// <summary>The event is complete: its loop has ended.</summary>
        internal override void Drop(EventLoop loop)
        {
        }
    }
}
