using System.Runtime.InteropServices;

namespace Tame.IO;

/// <summary>Who waits for which signal on one loop.</summary>
/// <remarks>
/// A signal stays watched after its waiters have gone, until the loop has nothing to run: so one that comes between a wait and the next is
/// kept for the next, and its default action is back once nobody has asked for it again.
/// </remarks>
internal sealed class SignalTable(EventLoop loop) : IDisposable
{
    private readonly Dictionary<PosixSignal, SignalWatch> _watches = [];

    public bool HasWaiters => Waiting != 0;

    internal int Waiting { get; set; }

    /// <summary>Some signal may be watched though nobody waits for it.</summary>
    internal bool HasUnwaited { get; set; }

    /// <summary>Triggers or fails an event, on its own loop, when a signal comes. Any thread may call it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The system has no such signal, or keeps it to itself.</exception>
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

    /// <summary>Triggers or fails an event of this loop, which is pending, when a signal comes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The system has no such signal, or keeps it to itself.</exception>
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

    /// <summary>The loop has nothing to run: gives up the signals that nobody waits for.</summary>
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

    /// <summary>A wait for a signal on its way to the event's own loop, where no caller can take an exception.</summary>
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
