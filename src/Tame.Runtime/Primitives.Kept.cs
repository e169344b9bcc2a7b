using System.ComponentModel;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Tame.CompilerServices;

namespace Tame;

// The primitives that keep the only handle of an event. Generated code calls them in place of those in Primitives.Loop.cs. Their priority is lower, so that code of
// users never means them.
public static partial class Primitives
{
    /// <inheritdoc cref="timer(TimeSpan, Event)"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    [OverloadResolutionPriority(-1)]
    public static void timer(TimeSpan delay, KeptEvent e)
    {
        var loop = RequireLoop();
        if (e.IsOf(loop))
            loop.Timers.Trigger(e, delay);
        else
            loop.Timers.Trigger(e.Share(), delay);
    }

    /// <inheritdoc cref="asap(Event)"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    [OverloadResolutionPriority(-1)]
    public static void asap(KeptEvent e)
    {
        var loop = RequireLoop();
        loop.AddAsap(For(loop, e));
    }

    /// <inheritdoc cref="wait_on_fd(int, FdEvents, Event)"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    [OverloadResolutionPriority(-1)]
    public static void wait_on_fd(int descriptor, FdEvents events, KeptEvent e)
    {
        var loop = RequireLoop();
        loop.WaitOn(descriptor, events, For(loop, e));
    }

    /// <inheritdoc cref="wait_on_fd(SafeHandle, FdEvents, Event)"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    [OverloadResolutionPriority(-1)]
    public static void wait_on_fd(SafeHandle handle, FdEvents events, KeptEvent e)
    {
        var loop = RequireLoop();
        loop.WaitOn(handle, events, For(loop, e));
    }

    /// <inheritdoc cref="wait_on_fd(Socket, FdEvents, Event)"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    [OverloadResolutionPriority(-1)]
    public static void wait_on_fd(Socket socket, FdEvents events, KeptEvent e)
    {
        ArgumentNullException.ThrowIfNull(socket);
        wait_on_fd(socket.SafeHandle, events, e);
    }

    /// <summary>The body may run another loop, whose end would drop the handle. That loop gets a handle with a lifeline.</summary>
    private static LoopHandle For(EventLoop loop, KeptEvent e) => e.IsOf(loop) ? e : e.Share();
}
