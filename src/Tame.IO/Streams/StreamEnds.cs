using System.Net.Security;
using System.Net.Sockets;

namespace Tame.IO;

/// <summary>Signals the end of the sent bytes to the peer, for streams that can.</summary>
internal static class StreamEnds
{
    public static Func<Stream, Task> Of(Stream stream) => stream switch
    {
        SslStream => static stream => ((SslStream)stream).ShutdownAsync(),
        NetworkStream => static stream => Shutdown(((NetworkStream)stream).Socket),
        _ => static _ => Task.CompletedTask,
    };

    private static Task Shutdown(Socket socket)
    {
        socket.Shutdown(SocketShutdown.Send);
        return Task.CompletedTask;
    }
}
