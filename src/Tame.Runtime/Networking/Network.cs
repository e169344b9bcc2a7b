using System.Net;

namespace Tame;

/// <summary>
/// The source of a loop's connections, listeners, datagrams, names, and files: the system, the memory of this process, or a simulation. It belongs to the loop,
/// like its clock.
/// </summary>
/// <remarks>
/// The package <c>Tame.IO</c> contains the system's network and one in memory. To write your own, derive from this class and from the classes that it returns.
/// Call its members only on the loop's thread.
/// </remarks>
public abstract class Network
{
    /// <summary>
    /// The network of this thread's loop: <see cref="EventLoopOptions.Network"/>, or the system's, which the package <c>Tame.IO</c> provides.
    /// </summary>
    /// <exception cref="InvalidOperationException">This thread has no loop, or the package is missing.</exception>
    public static Network Current => (EventLoop.Current ?? throw Errors.NoLoop()).Network;

    /// <summary>The files of this network.</summary>
    public abstract FileSystem Files { get; }

    /// <summary>Listens for connections.</summary>
    /// <param name="endPoint">The address. Port zero chooses a free one, which <see cref="Listener.LocalEndPoint"/> contains.</param>
    /// <param name="options">The options. Null means the defaults.</param>
    /// <exception cref="System.Net.Sockets.SocketException">The address is in use or unavailable.</exception>
    public abstract Listener Listen(EndPoint endPoint, ListenOptions? options = null);

    /// <summary>Connects to a peer.</summary>
    /// <param name="endPoint">Its address. For a name and a port, see <c>Connect</c> of the package <c>Tame.IO</c>.</param>
    /// <param name="connected">Gets the connection. If something else completes the event first, the connection is closed.</param>
    /// <exception cref="ArgumentException">The event belongs to another loop, or the network does not support such addresses.</exception>
    public abstract void Connect(EndPoint endPoint, Event<Connection> connected);

    /// <summary>Opens a socket for datagrams.</summary>
    /// <param name="endPoint">The address of this side. Port zero chooses a free one.</param>
    /// <exception cref="System.Net.Sockets.SocketException">The address is in use or unavailable.</exception>
    public abstract Datagrams Bind(EndPoint endPoint);

    /// <summary>Looks up the addresses of a host.</summary>
    /// <param name="host">Its name, or an address as text.</param>
    /// <param name="resolved">Gets at least one address, in the order in which they should be tried.</param>
    /// <exception cref="ArgumentException">The name is empty or too long.</exception>
    public abstract void Resolve(string host, Event<IPAddress[]> resolved);
}

/// <summary>Options for a <see cref="Listener"/>.</summary>
public sealed record ListenOptions
{
    /// <summary>The number of connections that may wait to be accepted. The system may have a lower limit. The default is 511.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not positive.</exception>
    public int Backlog
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            field = value;
        }
    } = 511;

    /// <summary>If true, accepted connections send small pieces at once, like <see cref="System.Net.Sockets.Socket.NoDelay"/>. The default is true.</summary>
    public bool NoDelay { get; init; } = true;

    /// <summary>
    /// If true, several loops may listen on the address, each with its own listener. The system distributes connections among them. Only Linux supports it;
    /// other systems reject it.
    /// </summary>
    public bool ReusePort { get; init; }

    /// <summary>
    /// If true, a connection is accepted when its client has sent something, or about a second after the client connected. This saves work for each connection if the client of a protocol speaks first, as with
    /// HTTP and TLS. If the server speaks first, each client has to wait for a second. It is <c>TCP_DEFER_ACCEPT</c> of Linux, for TCP; where there is none, the option has no effect. The default is false.
    /// </summary>
    public bool DeferAccept { get; init; }

    /// <summary>
    /// If true, a listener on <see cref="IPAddress.IPv6Any"/> also accepts IPv4 connections, like <see cref="System.Net.Sockets.Socket.DualMode"/>. The default
    /// is true.
    /// </summary>
    public bool DualMode { get; init; } = true;
}
