using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Tame.Samples.Tests.Knot;

/// <summary>An answer as it came over the wire.</summary>
internal sealed record Answer(int Status, string Head, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public bool Closes => Head.Contains("\r\nConnection: close\r\n");
}

/// <summary>A client that sends exactly the bytes that a test wants sent.</summary>
internal sealed class Client : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly List<byte> _read = [];

    public Client(int port, int? receiveBuffer = null)
    {
        if (receiveBuffer is { } size)
            _socket.ReceiveBufferSize = size;
        _socket.NoDelay = true;
        _socket.ReceiveTimeout = _socket.SendTimeout = 10_000;
        _socket.Connect(IPAddress.Loopback, port);
    }

    public Client Send(string bytes) => Send(Encoding.Latin1.GetBytes(bytes));

    public Client Send(ReadOnlySpan<byte> bytes)
    {
        _socket.Send(bytes);
        return this;
    }

    public Answer Get(string target, string fields = "") =>
        Send($"GET {target} HTTP/1.1\r\nHost: localhost\r\n{fields}\r\n").Read();

    /// <summary>Reads one answer, its body by its Content-Length.</summary>
    public Answer Read(bool withoutBody = false)
    {
        int end;
        while ((end = IndexOfEnd()) < 0)
            if (!Receive())
                throw new EndOfStreamException($"The connection ended after {_read.Count} bytes of a head.");
        string head = Encoding.Latin1.GetString([.. _read[..end]]);
        int length = withoutBody ? 0 : int.Parse(Field(head, "Content-Length")!, CultureInfo.InvariantCulture);
        while (_read.Count < end + length)
            if (!Receive())
                throw new EndOfStreamException($"The connection ended after {_read.Count - end} of {length} bytes of a body.");
        byte[] body = [.. _read[end..(end + length)]];
        _read.RemoveRange(0, end + length);
        return new Answer(int.Parse(head.AsSpan(9, 3), CultureInfo.InvariantCulture), head, body);
    }

    /// <summary>True when the server has closed the connection and nothing more came.</summary>
    public bool IsAtEnd()
    {
        bool more = Receive();
        return !more && _read.Count == 0;
    }

    /// <summary>One receive; false at the end, however it came.</summary>
    public bool Receive(int most = 65_536)
    {
        byte[] buffer = new byte[most];
        try
        {
            int count = _socket.Receive(buffer);
            _read.AddRange(buffer.AsSpan(0, count));
            return count > 0;
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionReset)
        {
            return false;
        }
    }

    public void ShutdownSend() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>Ends the connection with a reset.</summary>
    public void Abort()
    {
        _socket.LingerState = new LingerOption(true, 0);
        _socket.Dispose();
    }

    public void Dispose() => _socket.Dispose();

    public static string? Field(string head, string name)
    {
        int at = head.IndexOf($"\r\n{name}: ", StringComparison.Ordinal);
        return at < 0 ? null : head[(at + name.Length + 4)..head.IndexOf("\r\n", at + 2, StringComparison.Ordinal)];
    }

    private int IndexOfEnd()
    {
        int at = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_read).IndexOf("\r\n\r\n"u8);
        return at < 0 ? -1 : at + 4;
    }
}
