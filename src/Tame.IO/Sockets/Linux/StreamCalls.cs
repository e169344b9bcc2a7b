using System.Buffers;
using System.Net.Sockets;

namespace Tame.IO;

/// <summary>Receives from and sends to a stream socket without waiting. Any thread may call these, one in each direction at a time.</summary>
internal static unsafe class StreamCalls
{
    private const int MostParts = 64;

    /// <summary>Receives available bytes. Zero with success is the end of the stream.</summary>
    public static int Receive(SocketHandle socket, Span<byte> buffer, out SocketError error)
    {
        nint count;
        fixed (byte* start = buffer)
            count = SocketCalls.Receive(socket.Number, start, buffer.Length, 0);
        GC.KeepAlive(socket);
        if (count >= 0)
        {
            error = SocketError.Success;
            return (int)count;
        }
        error = Error();
        return 0;
    }

    /// <summary>Sends as many bytes as the system takes without waiting, and returns their number.</summary>
    public static int Send(SocketHandle socket, ReadOnlySpan<byte> buffer, out SocketError error)
    {
        nint count;
        fixed (byte* start = buffer)
            count = SocketCalls.Send(socket.Number, start, buffer.Length, SocketCalls.NoSignal);
        return (int)Sent(socket, count, out error);
    }

    /// <summary>The same for several buffers; at most the first 64 of them.</summary>
    public static long Send(SocketHandle socket, in ReadOnlySequence<byte> buffers, out SocketError error)
    {
        BufferPart* parts = stackalloc BufferPart[MostParts];
        return Sent(socket, Send(socket, buffers.GetEnumerator(), parts, 0), out error);
    }

    /// <summary>The result of a system call that sends or receives.</summary>
    public static nint Sent(SocketHandle socket, nint count, out SocketError error)
    {
        GC.KeepAlive(socket);
        error = count >= 0 ? SocketError.Success : Error();
        return Math.Max(count, 0);
    }

    private static SocketError Error()
    {
        var error = LinuxErrors.Last();
        return error == SocketError.Interrupted ? SocketError.WouldBlock : error;   // the wait that follows ends at once
    }

    /// <summary>A stack frame for each buffer fixes it, so no handle is needed.</summary>
    private static nint Send(SocketHandle socket, ReadOnlySequence<byte>.Enumerator rest, BufferPart* parts, int count)
    {
        if (count == MostParts || !rest.MoveNext())
        {
            var message = new MessageHeader { Parts = parts, PartCount = count };
            return SocketCalls.SendMessage(socket.Number, &message, SocketCalls.NoSignal);
        }
        var buffer = rest.Current.Span;
        fixed (byte* start = buffer)
        {
            parts[count] = new BufferPart { Start = start, Count = buffer.Length };
            return Send(socket, rest, parts, count + 1);
        }
    }
}
