using System.Buffers;
using System.Net;
using System.Net.Sockets;

namespace Tame.IO;

/// <summary>A datagram socket of .NET.</summary>
internal sealed class PortableDatagrams : Datagrams
{
    private readonly Socket _socket;
    private readonly EndPoint _anyone;

    public PortableDatagrams(EndPoint endPoint)
    {
        try
        {
            _socket = PortableSocket.Open(endPoint, SocketType.Dgram);
            _socket.Bind(endPoint);
        }
        catch (SocketException error)
        {
            _socket?.Dispose();
            throw NetworkErrors.Failed($"binding {endPoint}", error.SocketErrorCode);
        }
        LocalEndPoint = _socket.LocalEndPoint!;
        EventLoop.NoteDescriptors(1);
        _anyone = endPoint is IPEndPoint ip ? new IPEndPoint(ip.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0) : endPoint;
    }

    public override EndPoint LocalEndPoint { get; }

    protected override int ReceiveCore(Span<byte> buffer, out EndPoint? from, out SocketError error)
    {
        from = null;
        error = SocketError.WouldBlock;
        if (!PortableSocket.IsReadable(_socket))
            return 0;
        byte[] larger = ArrayPool<byte>.Shared.Rent(buffer.Length + 1);  // one more byte detects a datagram that does not fit
        try
        {
            from = _anyone;
            int count = _socket.ReceiveFrom(larger, 0, buffer.Length + 1, SocketFlags.None, ref from);
            error = count > buffer.Length ? SocketError.MessageSize : SocketError.Success;
            if (error != SocketError.Success)
                return 0;
            larger.AsSpan(0, count).CopyTo(buffer);
            return count;
        }
        catch (SocketException failure)
        {
            error = failure.SocketErrorCode;
            return 0;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(larger);
        }
    }

    protected override void SendCore(ReadOnlySpan<byte> buffer, EndPoint to, out SocketError error)
    {
        try
        {
            _socket.SendTo(buffer, SocketFlags.None, to);
            error = SocketError.Success;
        }
        catch (SocketException failure)
        {
            error = failure.SocketErrorCode;
        }
    }

    protected override void CloseCore() => PortableSocket.Close(Loop, _socket);

    protected override void WaitToReceive() => PortableSocket.Wait(Loop, _socket, FdEvents.Read, ReceiveWaiter);

    protected override void StopWaitToReceive() => PortableSocket.StopWaiting(Loop, ReceiveWaiter);

    protected override void WaitToSend() => PortableSocket.Wait(Loop, _socket, FdEvents.Write, SendWaiter);

    protected override void StopWaitToSend() => PortableSocket.StopWaiting(Loop, SendWaiter);
}
