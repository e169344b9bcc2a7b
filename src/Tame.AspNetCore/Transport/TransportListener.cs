using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;
using Tame.IO;

namespace Tame.AspNetCore;

/// <summary>Accepts connections for Kestrel, which asks for one at a time.</summary>
internal sealed class TransportListener : IConnectionListener
{
    private const int PauseMilliseconds = 100;
    private const int Patience = 16;

    private readonly Lock _gate = new();
    private readonly SocketHandle _socket;
    private readonly LoopGroup _loops;
    private readonly EventLoop _loop;
    private readonly ILogger _logger;
    private readonly Readiness _acceptable;
    private TaskCompletionSource<ConnectionContext?>? _pending;
    private TaskCompletionSource? _unbinding;
    private int _left;
    private bool _hasLeft;

    private TransportListener(SocketHandle socket, EndPoint endPoint, LoopGroup loops, ILogger logger)
    {
        (_socket, EndPoint, _loops, _loop, _logger) = (socket, endPoint, loops, loops.First.Loop, logger);
        _acceptable = new Readiness(_loop, socket, FdEvents.Read, GoOn);
    }

    public EndPoint EndPoint { get; }

    /// <summary>Listens.</summary>
    /// <exception cref="SocketException">The address is in use or not available.</exception>
    public static TransportListener Bind(EndPoint endPoint, TameTransportOptions options, LoopGroup loops, ILogger logger)
    {
        string what = $"listening at {endPoint}";
        var socket = LinuxSocket.Open(endPoint.Serialize(), isStream: true, what);
        try
        {
            LinuxSocket.Listen(socket, endPoint, new ListenOptions { Backlog = options.Backlog, NoDelay = options.NoDelay }, what);
            return new TransportListener(socket, endPoint is IPEndPoint ? LinuxAddress.Of(socket)! : endPoint, loops, logger);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        TaskCompletionSource<ConnectionContext?> pending;
        lock (_gate)
        {
            if (_unbinding is not null)
                return ValueTask.FromResult<ConnectionContext?>(null);
            if (_pending is not null)
                throw new InvalidOperationException("An accept is already in progress. Await it before you start the next one.");
            if (_left-- > 0 && Accept(out _) is { } accepted)
                return ValueTask.FromResult<ConnectionContext?>(Started(accepted));
            _pending = pending = new TaskCompletionSource<ConnectionContext?>();
        }
        RunOnLoop(WaitToAccept);
        return new ValueTask<ConnectionContext?>(cancellationToken.CanBeCanceled ? Cancellable(pending, cancellationToken) : pending.Task);
    }

    public async ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        TaskCompletionSource<ConnectionContext?>? pending = null;
        TaskCompletionSource? mine = null;
        lock (_gate)
        {
            if (_unbinding is null)
            {
                _unbinding = mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                (pending, _pending) = (_pending, null);
            }
        }
        if (mine is not null && (LoopThread.HasEntered(_loop) || !_loop.TryPost(new LoopAction(Close, Close))))
            Close();
        pending?.TrySetResult(null);
        await _unbinding.Task.ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await UnbindAsync().ConfigureAwait(false);
        lock (_gate)
        {
            if (_hasLeft)
                return;
            _hasLeft = true;
        }
        await Task.Run(_loops.Leave).ConfigureAwait(false);     // this may be a loop's thread, which must not wait for itself
    }

    private void Close()
    {
        if (!_loop.IsEnded)
            _acceptable.Stop();
        LinuxSocket.Close(_loop, _socket);
        LinuxSocket.DeletePath(EndPoint);
        _unbinding!.SetResult();
    }

    private async Task<ConnectionContext?> Cancellable(TaskCompletionSource<ConnectionContext?> pending, CancellationToken token)
    {
        using var registration = token.UnsafeRegister(
            (_, cancelled) =>
            {
                lock (_gate)
                {
                    if (!ReferenceEquals(_pending, pending))
                        return;
                    _pending = null;
                }
                pending.TrySetCanceled(cancelled);
            },
            null);
        return await pending.Task.ConfigureAwait(false);
    }

    private void GoOn()
    {
        TaskCompletionSource<ConnectionContext?>? pending;
        SocketConnection? accepted;
        SocketError error;
        lock (_gate)
        {
            pending = _pending;
            if (pending is null || _unbinding is not null)
                return;
            _left = Patience;
            accepted = Accept(out error);
            if (accepted is not null)
                _pending = null;
        }
        if (accepted is not null)
        {
            using (new NoContext())
                pending.SetResult(Started(accepted));
        }
        else if (error is SocketError.TooManyOpenSockets or SocketError.NoBufferSpaceAvailable)
            Pause(new SocketException((int)error));
        else
        {
            if (error != SocketError.WouldBlock)
                TransportLog.Lost(_logger, new SocketException((int)error));
            WaitToAccept();
        }
    }

    /// <summary>Pauses accepting when the process has no descriptor left, or the system has no memory. Connections in the backlog keep waiting.</summary>
    private void Pause(Exception error)
    {
        TransportLog.Pauses(_logger, PauseMilliseconds, error);
        _ = Task.Delay(PauseMilliseconds).ContinueWith(_ => RunOnLoop(WaitToAccept), TaskScheduler.Default);
    }

    /// <summary>For the loop's thread, which also closes the socket.</summary>
    private void WaitToAccept()
    {
        if (_unbinding is not null)
            return;
        try
        {
            _acceptable.Wait();
        }
        catch (IOException error)
        {
            Pause(error);
        }
    }

    private SocketConnection? Accept(out SocketError error) =>
        LinuxSocket.Accept(_socket, out var remote, out error) is { } accepted ? new SocketConnection(_loops.Next, accepted, remote) : null;

    private static SocketConnection Started(SocketConnection connection)
    {
        connection.Start();
        return connection;
    }

    private void RunOnLoop(Action action)
    {
        if (LoopThread.HasEntered(_loop))
            action();
        else
            _loop.TryPost(new LoopAction(action));
    }
}
