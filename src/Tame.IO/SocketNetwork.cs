using System.Net;

namespace Tame.IO;

/// <summary>The network and the files of the system.</summary>
public class SocketNetwork : Network
{
    /// <inheritdoc/>
    public override FileSystem Files { get; } = new SystemFiles(isPortable: false);

    /// <inheritdoc/>
    public override Listener Listen(EndPoint endPoint, ListenOptions? options = null) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Connect(EndPoint endPoint, Event<Connection> connected) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override Datagrams Bind(EndPoint endPoint) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Resolve(string host, Event<IPAddress[]> resolved) => throw new NotSupportedException();
}
