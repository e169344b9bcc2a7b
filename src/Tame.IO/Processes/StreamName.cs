using System.Net;
using System.Net.Sockets;

namespace Tame.IO;

/// <summary>The name of the other side of a standard stream in error messages.</summary>
internal sealed class StreamName(string name) : EndPoint
{
    public override string ToString() => name;

    public static SocketException NoOption() => new(
        (int)SocketError.ProtocolOption,
        "A standard stream is not a socket, so it has no socket options. Only connections of a network have them.");

    public InvalidOperationException CannotReceive() => new($"Nothing can be received from {name}: it only accepts bytes.");

    public InvalidOperationException CannotSend() => new($"Nothing can be sent to {name}: it only supplies bytes.");
}
