using System.Net.Sockets;
using System.Runtime.InteropServices;
using Tame.IO;

namespace Tame;

/// <summary>The primitives that are ordinary methods.</summary>
public static partial class Primitives
{
    /// <summary>Triggers an event after a time. It never fires early; equal times fire in the order in which they were set.</summary>
    /// <param name="delay">The time; zero is the next pass of the loop, <see cref="Timeout.InfiniteTimeSpan"/> is never.</param>
    /// <param name="e">The event. When it completes otherwise, the timer leaves at once.</param>
    /// <exception cref="InvalidOperationException">This thread has no loop.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative and not infinite.</exception>
    /// <remarks>
    /// A time of 250 ms or more may end later on the system's clock by a step of its coarse clock, 1 to 16 ms, and a few passes of the loop. Source: <c>timer(to, e)</c> in Figure 2.
    /// </remarks>
    public static void timer(TimeSpan delay, Event e) => RequireLoop().Timers.Trigger(e, delay);

    /// <summary>Triggers an event on the loop's next pass: how a long job yields.</summary>
    /// <param name="e">The event.</param>
    /// <exception cref="InvalidOperationException">This thread has no loop.</exception>
    public static void asap(Event e) => RequireLoop().AddAsap(e);

    /// <summary>Triggers an event when a descriptor is ready. Many may wait for one; what the system calls always ready is ready.</summary>
    /// <param name="descriptor">An open descriptor.</param>
    /// <param name="events">What to wait for; a hangup or an error ends every wait.</param>
    /// <param name="e">The event. It fails with an <see cref="IOException"/> when the descriptor is not open or cannot be watched, and with an
    /// <see cref="ObjectDisposedException"/> when its number is closed or leads to another file.</param>
    /// <exception cref="InvalidOperationException">This thread has no loop.</exception>
    /// <exception cref="ArgumentOutOfRangeException">It waits for nothing.</exception>
    /// <remarks>Each wait by a number costs a system call. A number that is closed is noticed after a quarter of a second or more: the loop asks the system about
    /// 64 descriptors at a time. Where there is a <see cref="SafeHandle"/> or a <see cref="Socket"/>, pass that. Source: <c>wait_on_fd(fd, rw, e)</c> in Figure 2.</remarks>
    public static void wait_on_fd(int descriptor, FdEvents events, Event e) => RequireLoop().WaitOn(descriptor, events, e);

    /// <summary>Triggers an event when a handle's descriptor is ready, or fails it when the handle is closed meanwhile.</summary>
    /// <param name="handle">The handle. While nobody waits for it, it is not kept alive.</param>
    /// <param name="events">What to wait for; a hangup or an error ends every wait.</param>
    /// <param name="e">The event. It fails with an <see cref="ObjectDisposedException"/> when the handle is closed, about a second later at
    /// the latest, and with an <see cref="IOException"/> when its descriptor cannot be watched.</param>
    /// <exception cref="InvalidOperationException">This thread has no loop.</exception>
    /// <exception cref="ArgumentNullException">The handle is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">It waits for nothing.</exception>
    /// <remarks>The descriptor stays watched after a wait, so that the next one costs no system call.</remarks>
    public static void wait_on_fd(SafeHandle handle, FdEvents events, Event e) => RequireLoop().WaitOn(handle, events, e);

    /// <summary>Triggers an event when a socket is ready, or fails it when the socket is closed meanwhile.</summary>
    /// <param name="socket">The socket; its <see cref="Socket.Blocking"/> is best false.</param>
    /// <param name="events">What to wait for: a connection to accept is something to read, a connect that has ended is room to write. A hangup
    /// or an error ends every wait.</param>
    /// <param name="e">The event. It fails with an <see cref="ObjectDisposedException"/> when the socket is closed, about a second later at
    /// the latest, and with an <see cref="IOException"/> when it cannot be watched.</param>
    /// <exception cref="InvalidOperationException">This thread has no loop.</exception>
    /// <exception cref="ArgumentNullException">The socket is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">It waits for nothing.</exception>
    public static void wait_on_fd(Socket socket, FdEvents events, Event e)
    {
        ArgumentNullException.ThrowIfNull(socket);
        RequireLoop().WaitOn(socket.SafeHandle, events, e);
    }

    /// <summary>Triggers an event when a signal comes to this process. Many may wait for one, on every loop; each of them is triggered.</summary>
    /// <param name="signal">A member of <see cref="PosixSignal"/>, or one of the system's own numbers; name a signal in one of the two ways
    /// only.</param>
    /// <param name="e">The event. When it completes otherwise, it waits no more.</param>
    /// <exception cref="InvalidOperationException">This thread has no loop.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The system has no such signal, or keeps it to itself; an event of another thread's loop
    /// fails with it.</exception>
    /// <remarks>
    /// <para>While an event waits for it, the signal's default action, which may be to end the process, is not taken, and handlers that others
    /// registered before are not told. Both are back when the loop has nothing to run and nobody has waited for the signal again. One that
    /// comes before that is kept for the next wait, so a body that waits in a cycle misses none; of several that come so, one is kept.</para>
    /// <para>A wait for a signal keeps <see cref="EventLoop.Run()"/> going. It does not hold virtual time.</para>
    /// <para>Source: <c>at_signal</c> of tamer.</para>
    /// </remarks>
    public static void signal(PosixSignal signal, Event e)
    {
        _ = RequireLoop();
        SignalTable.WaitFor(signal, e, fails: false);
    }

    private static EventLoop RequireLoop() => LoopThread.Current ?? throw Errors.NoLoop();
}
