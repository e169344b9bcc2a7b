using System.Net;
using System.Net.Sockets;

namespace Tame.IO;

/// <summary>A datagram socket of Linux.</summary>
internal sealed unsafe class LinuxDatagrams : Datagrams
{
    private readonly SocketHandle _socket;

    // The peers of the last datagrams, because the next one usually has the same peer.
    private readonly byte[] _lastFrom = new byte[LinuxAddress.MaxSize];
    private int _lastFromSize;
    private EndPoint? _from;
    private EndPoint? _to;
    private SocketAddress? _toAddress;

    public LinuxDatagrams(EndPoint endPoint)
    {
        string what = $"binding {endPoint}";
        var address = endPoint.Serialize();
        _socket = LinuxSocket.Open(address, isStream: false, what);
        try
        {
            LinuxSocket.Bind(_socket, address, what);
        }
        catch
        {
            _socket.Dispose();
            throw;
        }
        LocalEndPoint = endPoint is IPEndPoint ? LinuxAddress.Of(_socket)! : endPoint;
    }

    public override EndPoint LocalEndPoint { get; }

    protected override int ReceiveCore(Span<byte> buffer, out EndPoint? from, out SocketError error)
    {
        byte* name = stackalloc byte[LinuxAddress.MaxSize];
        int size = LinuxAddress.MaxSize;
        nint count;
        fixed (byte* start = buffer)
            count = SocketCalls.ReceiveFrom(_socket.Number, start, buffer.Length, SocketCalls.ReturnWholeLength, name, &size);
        from = null;
        if (count < 0)
        {
            error = Error();
            return 0;
        }
        if (count > buffer.Length)
        {
            error = SocketError.MessageSize;
            return 0;
        }
        error = SocketError.Success;
        from = SenderOf(new ReadOnlySpan<byte>(name, size));
        return (int)count;
    }

    protected override void SendCore(ReadOnlySpan<byte> buffer, EndPoint to, out SocketError error)
    {
        if (!to.Equals(_to))
            (_to, _toAddress) = (to, to.Serialize());
        nint count;
        fixed (byte* start = buffer)
        fixed (byte* name = _toAddress!.Buffer.Span)
            count = SocketCalls.SendTo(_socket.Number, start, buffer.Length, SocketCalls.NoSignal, name, _toAddress.Size);
        error = count >= 0 ? SocketError.Success : Error();
    }

    protected override void CloseCore()
    {
        LinuxSocket.Close(Loop, _socket);
        if (LocalEndPoint is UnixDomainSocketEndPoint unix && unix.ToString() is { Length: > 0 } path && path[0] != '@')
            File.Delete(path);
    }

    protected override void WaitToReceive() => LinuxSocket.Wait(Loop, _socket, FdEvents.Read, ReceiveWaiter);

    protected override void StopWaitToReceive() => LinuxSocket.StopWaiting(Loop, ReceiveWaiter);

    protected override void WaitToSend() => LinuxSocket.Wait(Loop, _socket, FdEvents.Write, SendWaiter);

    protected override void StopWaitToSend() => LinuxSocket.StopWaiting(Loop, SendWaiter);

    private static SocketError Error()
    {
        var error = LinuxErrors.Last();
        return error == SocketError.Interrupted ? SocketError.WouldBlock : error;
    }

    private EndPoint SenderOf(ReadOnlySpan<byte> name)
    {
        if (_from is null || !name.SequenceEqual(_lastFrom.AsSpan(0, _lastFromSize)))
        {
            _from = LinuxAddress.Read(name) ?? new UnixDomainSocketEndPoint("\0");
            name.CopyTo(_lastFrom);
            _lastFromSize = name.Length;
        }
        return _from;
    }
}
