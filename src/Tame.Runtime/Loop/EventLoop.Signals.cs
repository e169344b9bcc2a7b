using System.Runtime.InteropServices;
using Tame.CompilerServices;
using Tame.IO;

namespace Tame;

/// <summary>Signals of the system.</summary>
public sealed partial class EventLoop
{
    private SignalTable? _signals;

    private bool HasSignalWaiters => _signals is { HasWaiters: true };

    /// <summary>Triggers or fails an event, on its own loop, when a signal comes.</summary>
    internal static void WaitForSignal(PosixSignal signal, Event e, bool fails)
    {
        if (!e.IsPending)
            return;
        var loop = e.Loop!;
        if (LoopThread.Is(loop))
            loop.AddSignalWaiter(signal, e, fails);
        else
            loop.Send(new SignalWaitMessage(signal, e, fails));
    }

    private void AddSignalWaiter(PosixSignal signal, Event e, bool fails) =>
        (_signals ??= new SignalTable(this)).Wait(signal, e, fails);

    /// <summary>A wait for a signal on its way to the event's own loop, which has nobody to throw at.</summary>
    private sealed class SignalWaitMessage(PosixSignal signal, Event e, bool fails) : Message
    {
        internal override void Run(EventLoop loop)
        {
            if (!e.IsPending)
                return;
            try
            {
                loop.AddSignalWaiter(signal, e, fails);
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
