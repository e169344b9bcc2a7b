using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace Tame;

/// <summary>Accepts connections at one address. A <see cref="Network"/> makes it, and it belongs to the loop on which it was made.</summary>
/// <remarks>At most one accept is under way at a time. All members are for the loop's thread, except for <see cref="Dispose"/>.</remarks>
public abstract class Listener : IDisposable
{
    private AcceptOperation? _accept;

    /// <summary>Makes a listener that belongs to this thread's loop.</summary>
    /// <exception cref="InvalidOperationException">This thread has no loop.</exception>
    protected Listener() => Loop = EventLoop.Current ?? throw Errors.NoLoop();

    /// <summary>The address, with the port that was chosen.</summary>
    public abstract EndPoint LocalEndPoint { get; }

    /// <summary>The listener was closed by <see cref="Dispose"/>.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>The loop that the listener belongs to.</summary>
    internal EventLoop Loop { get; }

    /// <summary>What waits in the descriptor table.</summary>
    internal IO.Waiter Waiter => _accept!;

    /// <summary>Takes a connection that waits to be accepted, and never waits itself.</summary>
    /// <param name="connection">The connection; the caller owns it.</param>
    /// <returns>False when none waits.</returns>
    /// <exception cref="SocketException">A connection waits, but cannot be accepted, most often because this process has too many descriptors open.</exception>
    /// <exception cref="InvalidOperationException">An accept is under way, or this is not the loop's thread.</exception>
    /// <exception cref="ObjectDisposedException">The listener is closed.</exception>
    public bool TryAccept([NotNullWhen(true)] out Connection? connection)
    {
        Enter();
        ObjectDisposedException.ThrowIf(IsClosed, this);
        if (_accept is { IsUnderWay: true })
            throw NetworkErrors.UnderWay("accept", "listener");
        connection = AcceptCore(out var error);
        return connection is not null || (error == SocketError.WouldBlock ? false : throw Failed(error));
    }

    /// <summary>Waits for a connection, and accepts it.</summary>
    /// <param name="accepted">Gets the connection, which the receiver owns. Where the event completes otherwise, no connection is accepted.</param>
    /// <exception cref="InvalidOperationException">An accept is under way, or this is not the loop's thread.</exception>
    /// <exception cref="ArgumentException">The event belongs to another loop.</exception>
    public void Accept(Event<Connection> accepted)
    {
        Enter();
        if (!Operation.Admits(accepted.Unblocker, Loop))
            return;
        if (IsClosed)
        {
            accepted.Fail(NetworkErrors.Closed(this, "listener"));
            return;
        }
        var operation = _accept ??= new AcceptOperation(this);
        if (operation.IsUnderWay)
            throw NetworkErrors.UnderWay("accept", "listener");
        operation.Start(accepted);
    }

    /// <summary>
    /// Stops listening. An accept that is under way fails with an <see cref="ObjectDisposedException"/>; accepted connections live on. Any thread may call it: from another than the loop's, the
    /// loop closes the listener soon after.
    /// </summary>
    public void Dispose()
    {
        if (LoopThread.HasEntered(Loop) || !Loop.TryPost(new PostedAction(Dispose)))
            Close();
        GC.SuppressFinalize(this);
    }

    /// <summary>Takes a connection that waits. The base class calls it on the loop's thread.</summary>
    /// <param name="error"><see cref="SocketError.WouldBlock"/> when none waits, or why it cannot be accepted.</param>
    /// <returns>Null where there is an error.</returns>
    protected abstract Connection? AcceptCore(out SocketError error);

    /// <summary>Stops listening. Called once; where the loop has ended, on any thread. No wait is under way then.</summary>
    protected abstract void CloseCore();

    /// <summary>Has <see cref="OnAcceptable"/> called once, as soon as a connection waits, which may be at once; but not inside this call, and on the loop's thread.</summary>
    protected abstract void WaitToAccept();

    /// <summary>The call that <see cref="WaitToAccept"/> asked for is no longer wanted. It may come nevertheless.</summary>
    protected abstract void StopWaitToAccept();

    /// <summary>A connection waits. For the loop's thread; without effect where nothing waits for it.</summary>
    protected void OnAcceptable() => _accept?.Report(null);

    internal Connection? Accept(out SocketError error) => AcceptCore(out error);

    internal void StartWaiting() => WaitToAccept();

    internal void StopWaiting() => StopWaitToAccept();

    internal SocketException Failed(SocketError error) => NetworkErrors.Failed($"accepting at {LocalEndPoint}", error);

    private void Enter()
    {
        if (!LoopThread.HasEntered(Loop))
            throw Errors.WrongThread("This listener", Loop);
    }

    private void Close()
    {
        if (IsClosed)
            return;
        IsClosed = true;
        if (_accept is { IsUnderWay: true })
            _accept.Fail(NetworkErrors.Closed(this, "listener"));
        CloseCore();
    }
}
