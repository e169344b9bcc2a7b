using System.Net;
using System.Net.Sockets;

namespace Tame.Samples.Tests.Knot;

/// <summary>Two ends of one connection; the server's does not block, and its buffer is small.</summary>
internal sealed class SocketPair : IDisposable
{
    private readonly List<byte> _taken = [];
    private readonly byte[] _buffer = new byte[64 * 1024];

    public SocketPair()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1);
        Client.Connect(listener.LocalEndPoint!);
        Server = listener.Accept();
        Server.Blocking = false;
        Server.SendBufferSize = 256 * 1024;
    }

    public Socket Client { get; } = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public Socket Server { get; }

    /// <summary>Reads once, waiting for something to read; false at the end.</summary>
    public bool Take()
    {
        int count = Client.Receive(_buffer);
        _taken.AddRange(_buffer.AsSpan(0, count));
        return count > 0;
    }

    /// <summary>Everything up to the end, with what was read before.</summary>
    public List<byte> TakeAll()
    {
        while (Take())
        {
        }
        return _taken;
    }

    /// <summary>Resets the connection.</summary>
    public void AbortClient()
    {
        Client.LingerState = new LingerOption(true, 0);
        Client.Dispose();
    }

    public void Dispose()
    {
        Client.Dispose();
        Server.Dispose();
    }
}
