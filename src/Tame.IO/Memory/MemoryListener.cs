using System.Net;
using System.Net.Sockets;

namespace Tame.IO;

/// <summary>Accepts connections in memory.</summary>
internal sealed class MemoryListener : Listener
{
    private readonly MemoryNetwork _network;
    private readonly int _backlog;
    private readonly Signal _acceptable;

    /// <summary>Sides of this server that nothing has accepted yet.</summary>
    private readonly Queue<MemoryConnection> _backlogged = [];

    /// <summary>Clients that wait for a place in the backlog.</summary>
    private readonly Queue<(Event<Connection> Connected, MemoryConnection Client, MemoryConnection Server)> _line = [];
    private bool _waits;

    public MemoryListener(MemoryNetwork network, EndPoint endPoint, int backlog)
    {
        (_network, _backlog, LocalEndPoint) = (network, backlog, endPoint);
        _acceptable = new Signal(Loop, OnAcceptable);
    }

    public override EndPoint LocalEndPoint { get; }

    /// <summary>A client connects. It waits if the backlog is full.</summary>
    public void Connect(MemoryConnection client, MemoryConnection server, Event<Connection> connected)
    {
        _line.Enqueue((connected, client, server));
        FillBacklog();
    }

    protected override Connection? AcceptCore(out SocketError error)
    {
        FillBacklog();
        if (!_backlogged.TryDequeue(out var connection))
        {
            error = SocketError.WouldBlock;
            return null;
        }
        FillBacklog();
        error = SocketError.Success;
        return connection;
    }

    protected override void CloseCore()
    {
        _network.Remove(this);
        foreach (var connection in _backlogged)
            connection.Abort();
        foreach (var (connected, client, server) in _line)
        {
            connected.Fail(NetworkErrors.Failed($"connecting to {LocalEndPoint}", SocketError.ConnectionRefused));
            client.Dispose();
            server.Dispose();
        }
    }

    protected override void WaitToAccept()
    {
        _waits = true;
        NoteConnection();
    }

    protected override void StopWaitToAccept() => _waits = false;

    private void FillBacklog()
    {
        while (_backlogged.Count < _backlog && _line.TryDequeue(out var next))
        {
            if (!next.Connected.Trigger(next.Client))
            {
                next.Client.Dispose();
                next.Server.Dispose();
                continue;
            }
            _backlogged.Enqueue(next.Server);
        }
        NoteConnection();
    }

    private void NoteConnection()
    {
        if (!_waits || _backlogged.Count == 0)
            return;
        _waits = false;
        _acceptable.Set();
    }
}
