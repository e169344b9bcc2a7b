using System.ComponentModel;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Tame.CompilerServices;

/// <summary>
/// The primitives that keep the only handle of an event until it completes. Generated code calls them in place of those of <see cref="Primitives"/>, with the same
/// arguments. They are not overloads of those, so that no compiler error of a user names <see cref="KeptEvent"/>.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class KeptPrimitives
{
    /// <inheritdoc cref="Primitives.timer(TimeSpan, Event)"/>
    public static void timer(TimeSpan delay, KeptEvent e)
    {
        var loop = Primitives.RequireLoop();
        if (e.IsOf(loop))
            loop.Timers.Trigger(e, delay);
        else
            loop.Timers.Trigger(e.Share(), delay);
    }

    /// <inheritdoc cref="Primitives.asap(Event)"/>
    public static void asap(KeptEvent e)
    {
        var loop = Primitives.RequireLoop();
        loop.AddAsap(HandleFor(loop, e));
    }

    /// <inheritdoc cref="Primitives.wait_on_fd(int, FdEvents, Event)"/>
    public static void wait_on_fd(int descriptor, FdEvents events, KeptEvent e)
    {
        var loop = Primitives.RequireLoop();
        loop.WaitOn(descriptor, events, HandleFor(loop, e));
    }

    /// <inheritdoc cref="Primitives.wait_on_fd(SafeHandle, FdEvents, Event)"/>
    public static void wait_on_fd(SafeHandle handle, FdEvents events, KeptEvent e)
    {
        var loop = Primitives.RequireLoop();
        loop.WaitOn(handle, events, HandleFor(loop, e));
    }

    /// <inheritdoc cref="Primitives.wait_on_fd(Socket, FdEvents, Event)"/>
    public static void wait_on_fd(Socket socket, FdEvents events, KeptEvent e)
    {
        ArgumentNullException.ThrowIfNull(socket);
        wait_on_fd(socket.SafeHandle, events, e);
    }

    /// <summary>The body may run another loop, whose end would drop the handle. That loop gets a handle with a lifeline.</summary>
    private static LoopHandle HandleFor(EventLoop loop, KeptEvent e) => e.IsOf(loop) ? e : e.Share();
}
