using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Tame.IO;

namespace Tame.AspNetCore;

/// <summary>A connection of Kestrel, on one of the transport's loops. Thread-safe, except for its waits and its end, which are for the loop's thread.</summary>
internal sealed partial class SocketConnection : ConnectionContext, IDuplexPipe
{
    private const int ShutDownBoth = 2;
    private static long s_lastId = DateTime.UtcNow.Ticks;

    private readonly TransportLoop _home;
    private readonly CancellationTokenSource _closing = new();
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SocketInput _input;
    private readonly SocketOutput _output;
    private readonly LoopEnding _ending;
    private RemoteAddress _remoteAddress;
    private IDictionary<object, object?>? _items;
    private IFeatureCollection? _features;
    private string? _id;
    private EndPoint? _local;
    private Exception? _reason;
    private int _isClosing;
    private int _partsLeft = 2;

    public SocketConnection(TransportLoop home, SocketHandle socket, RemoteAddress remote)
    {
        (_home, Socket, _remoteAddress) = (home, socket, remote);
        _input = new SocketInput(this);
        _output = new SocketOutput(this);
        _ending = new LoopEnding(this);
        (WatchInput, WatchOutput) = (_input.Watch, _output.Watch);
        ConnectionClosed = _closing.Token;
        Transport = this;
    }

    public override IDuplexPipe Transport { get; set; }

    public override string ConnectionId
    {
        get => _id ??= Interlocked.Increment(ref s_lastId).ToString("X", System.Globalization.CultureInfo.InvariantCulture);
        set => _id = value;
    }

    public override IFeatureCollection Features => _features ??= new ConnectionFeatures(this);

    public override IDictionary<object, object?> Items
    {
        get => _items ??= new ConnectionItems();
        set => _items = value;
    }

    public override CancellationToken ConnectionClosed { get; set; }

    public override EndPoint? LocalEndPoint
    {
        get => _local ??= Socket.IsClosed ? null : LinuxAddress.Of(Socket);
        set => _local = value;
    }

    public override EndPoint? RemoteEndPoint
    {
        get => _remoteAddress.EndPoint;
        set => _remoteAddress = new RemoteAddress(value);
    }

    public PipeReader Input => _input;

    public PipeWriter Output => _output;

    internal SocketHandle Socket { get; }

    internal EventLoop Loop => _home.Loop;

    internal MemoryPool<byte> MemoryPool => _home.MemoryPool;

    internal BufferLimits Limits => _home.Limits;

    /// <summary>The action with which <see cref="RunOnLoop"/> waits in each direction; created once.</summary>
    internal Action WatchInput { get; }

    internal Action WatchOutput { get; }

    /// <summary>Begins to receive.</summary>
    public void Start()
    {
        _home.Count(1);
        if (LoopThread.HasEntered(Loop))
            Begin();
        else if (!Loop.TryPost(new LoopAction(Begin, LoopHasEnded)))
            LoopHasEnded();
    }

    public override void Abort(ConnectionAbortedException abortReason) => ShutDown(abortReason);

    public override async ValueTask DisposeAsync()
    {
        _input.Complete();
        _output.Complete();
        await _closed.Task.ConfigureAwait(false);
        _closing.Dispose();
        await base.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Converts the error to the one that ASP.NET uses.</summary>
    internal static Exception ErrorOf(SocketError error)
    {
        var cause = new SocketException((int)error);
        return error is SocketError.ConnectionReset or SocketError.Shutdown ? new ConnectionResetException(cause.Message, cause) : cause;
    }

    /// <summary>Runs an action on the loop's thread: at once on that thread, otherwise soon. If the loop has ended, the action does not run.</summary>
    internal void RunOnLoop(Action action)
    {
        if (LoopThread.HasEntered(Loop))
            action();
        else
            Loop.TryPost(new LoopAction(action));
    }

    /// <summary>Called when the peer has ended its output.</summary>
    internal void OnInputEnded(Exception? error)
    {
        if (error is ConnectionResetException)
            TransportLog.Reset(_home.Logger, ConnectionId);
        else if (error is not null)
            TransportLog.Failed(_home.Logger, ConnectionId, error);
        FireConnectionClosed();
    }

    /// <summary>Closes the connection; with an error, by a reset. Only the first call has an effect. Thread-safe.</summary>
    /// <param name="error">The reason; null if everything was sent.</param>
    internal void ShutDown(Exception? error)
    {
        var reason = error ?? new ConnectionAbortedException("The connection was closed after everything was sent.");
        if (Interlocked.CompareExchange(ref _reason, reason, null) is not null)
            return;
        TransportLog.Closing(_home.Logger, ConnectionId, reason.Message);
        _output.Close();
        _input.Close(reason);
        if (error is not null)
            LinuxSocket.ResetAtClose(Socket);
        else
            _ = SocketCalls.ShutDown(Socket.Number, ShutDownBoth);
        GC.KeepAlive(Socket);
        FireConnectionClosed();
        if (LoopThread.HasEntered(Loop) || !Loop.TryPost(new LoopAction(CloseSocket, CloseSocket)))
            CloseSocket();
    }

    private void Begin()
    {
        if (_reason is not null)
            return;
        _ending.Listen();
        _input.Watch();
    }

    private void LoopHasEnded() => ShutDown(new ConnectionAbortedException("The transport has stopped."));

    private void CloseSocket()
    {
        if (!Loop.IsEnded)
        {
            _input.StopWatching();
            _output.StopWatching();
            _ending.StopListening();
        }
        LinuxSocket.Close(Loop, Socket);
        CloseLent();
        _home.Count(-1);
        EndPart();
    }

    /// <summary>Notifies code that watches <see cref="ConnectionClosed"/>. That code must not hold up the loop.</summary>
    private void FireConnectionClosed()
    {
        if (Interlocked.Exchange(ref _isClosing, 1) != 0)
            return;
        ThreadPool.UnsafeQueueUserWorkItem(
            static connection =>
            {
                try
                {
                    connection._closing.Cancel();
                }
                catch (Exception error)
                {
                    TransportLog.Failed(connection._home.Logger, connection.ConnectionId, error);
                }
                connection.EndPart();
            },
            this,
            preferLocal: false);
    }

    /// <summary>Completes the connection when both parts have ended: its socket is closed, and the watching code has been notified.</summary>
    private void EndPart()
    {
        if (Interlocked.Decrement(ref _partsLeft) == 0)
            _closed.TrySetResult();
    }

    /// <summary>Tells the connection that its loop ends. No other notice reaches it.</summary>
    private sealed class LoopEnding(SocketConnection connection) : EndListener(connection.Loop)
    {
        private bool _isListening;

        public new void Listen()
        {
            _isListening = true;
            base.Listen();
        }

        public void StopListening()
        {
            if (_isListening)
                Stop();
            _isListening = false;
        }

        protected override void LoopEnds()
        {
            StopListening();
            connection.LoopHasEnded();
        }
    }
}
