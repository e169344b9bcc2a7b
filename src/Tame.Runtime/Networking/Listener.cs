using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using Tame.CompilerServices;

namespace Tame;

/// <summary>Accepts connections at one address. A <see cref="Network"/> creates it, and it belongs to the loop on which it was created.</summary>
/// <remarks>At most one accept can be in progress at a time. Call its members only on the loop's thread, except for <see cref="Dispose"/>.</remarks>
public abstract class Listener : IDisposable
{
    private AcceptOperation? _accept;

    /// <summary>Creates a listener that belongs to this thread's loop.</summary>
    /// <exception cref="InvalidOperationException">This thread has no loop.</exception>
    protected Listener() => Loop = EventLoop.Current ?? throw Errors.NoLoop();

    /// <summary>The address, with the chosen port.</summary>
    public abstract EndPoint LocalEndPoint { get; }

    /// <summary>True if the listener was closed by <see cref="Dispose"/>.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>The loop that the listener belongs to.</summary>
    internal EventLoop Loop { get; }

    /// <summary>The waiter in the descriptor table.</summary>
    internal IO.Waiter Waiter => _accept!;

    /// <summary>Accepts a pending connection, and never waits.</summary>
    /// <param name="connection">The connection; the caller owns it.</param>
    /// <returns>False if no connection is pending.</returns>
    /// <exception cref="SocketException">A connection is pending but cannot be accepted, usually because this process has too many file descriptors
    /// open.</exception>
    /// <exception cref="InvalidOperationException">An accept is in progress, or this thread is not the loop's.</exception>
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
    /// <param name="accepted">Gets the connection, which the receiver owns. If something else completes the event first, no connection is accepted.</param>
    /// <exception cref="InvalidOperationException">An accept is in progress, or this thread is not the loop's.</exception>
    /// <exception cref="ArgumentException">The event belongs to another loop.</exception>
    [KeepsEvent]
    public void Accept(Event<Connection> accepted) => Start(accepted.Unblocker);

    /// <inheritdoc cref="Accept(Event{Connection})"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void AcceptKept(KeptEvent<Connection> accepted) => Start(Operation.HandleOf(accepted.Unblocker, Loop));

    /// <summary>
    /// Stops listening. An accept in progress fails with an <see cref="ObjectDisposedException"/>. Accepted connections stay open. Any thread may call it. If
    /// the thread is not the loop's, the loop closes the listener soon after.
    /// </summary>
    public void Dispose()
    {
        if (LoopThread.HasEntered(Loop) || !Loop.TryPost(new PostedAction(Dispose)))
            Close();
        GC.SuppressFinalize(this);
    }

    /// <summary>Accepts a pending connection. The base class calls it on the loop's thread.</summary>
    /// <param name="error"><see cref="SocketError.WouldBlock"/> if no connection is pending, or why it cannot be accepted.</param>
    /// <returns>The connection, or null if there is an error.</returns>
    protected abstract Connection? AcceptCore(out SocketError error);

    /// <summary>Stops listening. Called once, when no wait is in progress. If the loop has ended, it can be called on any thread.</summary>
    protected abstract void CloseCore();

    /// <summary>
    /// Arranges that <see cref="OnAcceptable"/> is called once, as soon as a connection is pending, which may be at once. The call comes on the loop's thread,
    /// but not inside this call.
    /// </summary>
    protected abstract void WaitToAccept();

    /// <summary>The call that <see cref="WaitToAccept"/> asked for is no longer needed. It may still come.</summary>
    protected abstract void StopWaitToAccept();

    /// <summary>Reports that a connection is pending. Call it on the loop's thread. It has no effect if nothing waits.</summary>
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

    private void Start(LoopHandle accepted)
    {
        Enter();
        if (!Operation.Admits(accepted, Loop))
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
