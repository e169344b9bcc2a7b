using System.Net.Sockets;
using System.Runtime.InteropServices;
using Tame.IO;

namespace Tame;

// The primitives that are ordinary methods.
public static partial class Primitives
{
    /// <summary>Triggers an event after a time. It never fires early; equal times fire in the order in which they were set.</summary>
    /// <param name="delay">The time; zero is the next pass of the loop, <see cref="Timeout.InfiniteTimeSpan"/> is never.</param>
    /// <param name="e">The event. If something else completes it first, the timer is removed at once.</param>
    /// <exception cref="InvalidOperationException">This thread has no loop.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative and not infinite.</exception>
    /// <remarks>
    /// A time of 250 ms or more may end later on the system's clock by a step of its coarse clock, 1 to 16 ms, and a few passes of the loop. Source: <c>timer(to, e)</c> in Figure 2.
    /// </remarks>
    public static void timer(TimeSpan delay, Event e) => RequireLoop().Timers.Trigger(e, delay);

    /// <summary>Triggers an event on the loop's next pass. A long job uses it to yield.</summary>
    /// <param name="e">The event.</param>
    /// <exception cref="InvalidOperationException">This thread has no loop.</exception>
    public static void asap(Event e) => RequireLoop().AddAsap(e);

    /// <summary>
    /// Triggers an event when a file descriptor is ready. Several events may wait for one descriptor. A file that the system reports as always ready is ready.
    /// </summary>
    /// <param name="descriptor">An open file descriptor.</param>
    /// <param name="events">What to wait for. A hangup or an error ends every wait.</param>
    /// <param name="e">The event. It fails with an <see cref="IOException"/> if the descriptor is not open or cannot be watched, and with an
    /// <see cref="ObjectDisposedException"/> if its number is closed or refers to another file.</param>
    /// <exception cref="InvalidOperationException">This thread has no loop.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="events"/> contains nothing to wait for.</exception>
    /// <remarks>
    /// Each wait by a number costs a system call. The loop notices a closed number after a quarter of a second or more, because it checks 64 descriptors at a
    /// time. If you have a <see cref="SafeHandle"/> or a <see cref="Socket"/>, pass that. Source: <c>wait_on_fd(fd, rw, e)</c> in Figure 2.
    /// </remarks>
    public static void wait_on_fd(int descriptor, FdEvents events, Event e) => RequireLoop().WaitOn(descriptor, events, e);

    /// <summary>Triggers an event when a handle's file descriptor is ready, or fails it if the handle is closed meanwhile.</summary>
    /// <param name="handle">The handle. It is not kept alive unless an event waits for it.</param>
    /// <param name="events">What to wait for. A hangup or an error ends every wait.</param>
    /// <param name="e">The event. It fails with an <see cref="ObjectDisposedException"/> at most about a second after the handle is closed, and with an
    /// <see cref="IOException"/> if its descriptor cannot be watched.</param>
    /// <exception cref="InvalidOperationException">This thread has no loop.</exception>
    /// <exception cref="ArgumentNullException">The handle is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="events"/> contains nothing to wait for.</exception>
    /// <remarks>The descriptor stays watched after a wait, so that the next one costs no system call.</remarks>
    public static void wait_on_fd(SafeHandle handle, FdEvents events, Event e) => RequireLoop().WaitOn(handle, events, e);

    /// <summary>Triggers an event when a socket is ready, or fails it if the socket is closed meanwhile.</summary>
    /// <param name="socket">The socket. Its <see cref="Socket.Blocking"/> should be false.</param>
    /// <param name="events">What to wait for. <see cref="FdEvents.Read"/> includes a connection to accept, and <see cref="FdEvents.Write"/> a connect that has
    /// ended. A hangup or an error ends every wait.</param>
    /// <param name="e">The event. It fails with an <see cref="ObjectDisposedException"/> at most about a second after the socket is closed, and with an
    /// <see cref="IOException"/> if it cannot be watched.</param>
    /// <exception cref="InvalidOperationException">This thread has no loop.</exception>
    /// <exception cref="ArgumentNullException">The socket is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="events"/> contains nothing to wait for.</exception>
    public static void wait_on_fd(Socket socket, FdEvents events, Event e)
    {
        ArgumentNullException.ThrowIfNull(socket);
        RequireLoop().WaitOn(socket.SafeHandle, events, e);
    }

    /// <summary>Triggers an event when this process receives a signal. Several events may wait for one signal, on any loop; each is triggered.</summary>
    /// <param name="signal">A member of <see cref="PosixSignal"/>, or one of the system's own numbers. Name each signal in only one of these ways.</param>
    /// <param name="e">The event. If something else completes it first, the wait ends.</param>
    /// <exception cref="InvalidOperationException">This thread has no loop.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The system has no such signal, or reserves it. An event of another thread's loop fails with this exception
    /// instead.</exception>
    /// <remarks>
    /// <para>While an event waits for a signal, the signal's default action, which may end the process, is suppressed, and handlers registered earlier are not
    /// called. Both are restored when the loop has nothing to run and no event waits for the signal again. A signal that arrives before that is kept for the next
    /// wait, so a body that waits in a cycle misses none. If several arrive, one is kept.</para>
    /// <para>A wait for a signal keeps <see cref="EventLoop.Run()"/> going. It does not hold virtual time.</para>
    /// <para>Source: <c>at_signal</c> of tamer.</para>
    /// </remarks>
    public static void signal(PosixSignal signal, Event e)
    {
        _ = RequireLoop();
        SignalTable.WaitFor(signal, e, fails: false);
    }

    internal static EventLoop RequireLoop() => LoopThread.Current ?? throw Errors.NoLoop();
}
