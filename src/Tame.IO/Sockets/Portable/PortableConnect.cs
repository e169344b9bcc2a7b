using System.Net;
using System.Net.Sockets;

namespace Tame.IO;

/// <summary>Connects .NET sockets.</summary>
internal static partial class PortableConnect
{
    private static readonly TimeSpan s_retryTime = TimeSpan.FromMilliseconds(5);

    /// <summary>Connects. If something else completes the event first, the connect is cancelled.</summary>
    [Tamed]
    public static partial void Start(EndPoint endPoint, Event<Connection> connected);

    private static void StartBody(EndPoint endPoint, Event<Connection> connected)
    {
        Connection? connection = null;
        try
        {
            while (connection is null)
            {
                twait(e => Try(endPoint, connected.Token, e), out connection);
                if (connection is null)
                    twait(e => timer(s_retryTime, e));
            }
        }
        catch (SocketException error)
        {
            throw NetworkErrors.Failed($"connecting to {endPoint}", error.SocketErrorCode);
        }
        if (!connected.Trigger(connection))
            connection.Dispose();
    }

    /// <summary>Connects; null if the other side's backlog is full, for which a Unix domain socket does not wait.</summary>
    [Tamed]
    private static partial void Try(EndPoint endPoint, CancellationToken cancellation, Event<Connection?> connected);

    private static void TryBody(EndPoint endPoint, CancellationToken cancellation, Event<Connection?> connected)
    {
        var socket = PortableSocket.Open(endPoint, SocketType.Stream);
        bool isHandedOver = false;
        try
        {
            if (endPoint is IPEndPoint)
                socket.NoDelay = true;
            twait(socket.ConnectAsync(endPoint, cancellation).AsTask());
            isHandedOver = connected.Trigger(new PortableConnection(socket, endPoint));
        }
        catch (SocketException error) when (error.SocketErrorCode == SocketError.WouldBlock)
        {
            connected.Trigger(null);
        }
        finally
        {
            if (!isHandedOver)
                socket.Dispose();
        }
    }
}
