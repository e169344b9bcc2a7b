using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace Tame.IO;

/// <summary>An encrypted connection over another connection.</summary>
internal sealed class TlsConnection(SslStream stream, ConnectionStream below, Connection connection)
    : StreamConnection(stream, StreamEnds.Of(stream), holdsTime: false, () => below.HasEnded)
{
    public SslStream Ssl => stream;

    public override EndPoint? LocalEndPoint => connection.LocalEndPoint;

    public override EndPoint? RemoteEndPoint => connection.RemoteEndPoint;

    public override int GetSocketOption(SocketOptionLevel level, SocketOptionName name) => connection.GetSocketOption(level, name);

    public override void SetSocketOption(SocketOptionLevel level, SocketOptionName name, int value) => connection.SetSocketOption(level, name, value);

    protected override void CloseStream(bool isAbort)
    {
        if (isAbort && LoopThread.HasEntered(Loop))
            connection.Abort();
        stream.Dispose();
    }
}
