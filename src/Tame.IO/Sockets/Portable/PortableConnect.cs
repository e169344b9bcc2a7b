using System.Net;
using System.Net.Sockets;

namespace Tame.IO;

/// <summary>Connects sockets of .NET.</summary>
internal static partial class PortableConnect
{
    /// <summary>Connects; a caller that no longer waits cancels it.</summary>
    [Tamed]
    public static partial void Start(EndPoint endPoint, Event<Connection> connected);

    private static void StartBody(EndPoint endPoint, Event<Connection> connected)
    {
        var socket = PortableSocket.Open(endPoint, SocketType.Stream);
        bool isHandedOver = false;
        try
        {
            if (endPoint is IPEndPoint)
                socket.NoDelay = true;
            twait(socket.ConnectAsync(endPoint, connected.Token).AsTask());
            isHandedOver = connected.Trigger(new PortableConnection(socket));
        }
        catch (SocketException error)
        {
            throw NetworkErrors.Failed($"connecting to {endPoint}", error.SocketErrorCode);
        }
        finally
        {
            if (!isHandedOver)
                socket.Dispose();
        }
    }
}
