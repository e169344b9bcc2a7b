using System.Net;
using System.Net.Sockets;

namespace Tame.IO;

/// <summary>Datagrams in memory. As with UDP, datagrams for a full socket are dropped.</summary>
internal sealed class MemoryDatagrams : Datagrams
{
    private const int MostBytes = 65507;
    private readonly MemoryNetwork _network;
    private readonly int _room;
    private readonly Signal _readable;
    private readonly Signal _writable;
    private readonly Queue<(byte[] Bytes, EndPoint From)> _queue = [];
    private bool _waits;

    public MemoryDatagrams(MemoryNetwork network, EndPoint endPoint, int room)
    {
        (_network, _room, LocalEndPoint) = (network, room, endPoint);
        _readable = new Signal(Loop, OnReadable);
        _writable = new Signal(Loop, OnWritable);
    }

    public override EndPoint LocalEndPoint { get; }

    protected override int ReceiveCore(Span<byte> buffer, out EndPoint? from, out SocketError error)
    {
        from = null;
        if (!_queue.TryDequeue(out var datagram))
        {
            error = SocketError.WouldBlock;
            return 0;
        }
        if (datagram.Bytes.Length > buffer.Length)
        {
            error = SocketError.MessageSize;
            return 0;
        }
        error = SocketError.Success;
        from = datagram.From;
        datagram.Bytes.CopyTo(buffer);
        return datagram.Bytes.Length;
    }

    protected override void SendCore(ReadOnlySpan<byte> buffer, EndPoint to, out SocketError error)
    {
        error = buffer.Length > MostBytes ? SocketError.MessageSize : SocketError.Success;
        if (error == SocketError.Success)
            _network.Find(to)?.Take(buffer, _network.SourceFor(LocalEndPoint, to));
    }

    protected override void CloseCore() => _network.Remove(this);

    protected override void WaitToReceive()
    {
        _waits = true;
        NoteDatagram();
    }

    protected override void StopWaitToReceive() => _waits = false;

    /// <summary>A send never needs to wait for space. It waits only to give others their turn.</summary>
    protected override void WaitToSend() => _writable.Set();

    protected override void StopWaitToSend()
    {
    }

    private void Take(ReadOnlySpan<byte> bytes, EndPoint from)
    {
        if (_queue.Count == _room)
            return;
        _queue.Enqueue((bytes.ToArray(), from));
        NoteDatagram();
    }

    private void NoteDatagram()
    {
        if (!_waits || _queue.Count == 0)
            return;
        _waits = false;
        _readable.Set();
    }
}
