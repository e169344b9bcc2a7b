using System.Net;

namespace Tame;

/// <summary>
/// Where a loop's connections, listeners, datagrams, names and files come from: the system, a memory of this process, or a simulation. It belongs to the loop, as its clock does.
/// </summary>
/// <remarks>
/// The package <c>Tame.IO</c> has the system's network and one in memory. To write one of your own, derive from this class and from those that it hands out. All members are for the loop's thread.
/// </remarks>
public abstract class Network
{
    /// <summary>The network of this thread's loop: <see cref="EventLoopOptions.Network"/>, or else the system's, which the package <c>Tame.IO</c> brings.</summary>
    /// <exception cref="InvalidOperationException">This thread has no loop, or the package is not there.</exception>
    public static Network Current => (EventLoop.Current ?? throw Errors.NoLoop()).Network;

    /// <summary>The files of this network.</summary>
    public abstract FileSystem Files { get; }

    /// <summary>Listens for connections.</summary>
    /// <param name="endPoint">The address; port zero chooses a free one, which <see cref="Listener.LocalEndPoint"/> tells.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <exception cref="System.Net.Sockets.SocketException">The address is in use, or not to be had.</exception>
    public abstract Listener Listen(EndPoint endPoint, ListenOptions? options = null);

    /// <summary>Connects to a peer.</summary>
    /// <param name="endPoint">Its address. For a name and a port, see <c>Connect</c> of the package <c>Tame.IO</c>.</param>
    /// <param name="connected">Gets the connection. Where the event completes otherwise, the connection is closed.</param>
    /// <exception cref="ArgumentException">The event belongs to another loop, or the network has no such addresses.</exception>
    public abstract void Connect(EndPoint endPoint, Event<Connection> connected);

    /// <summary>Opens a socket for datagrams.</summary>
    /// <param name="endPoint">The address of this side; port zero chooses a free one.</param>
    /// <exception cref="System.Net.Sockets.SocketException">The address is in use, or not to be had.</exception>
    public abstract Datagrams Bind(EndPoint endPoint);

    /// <summary>Looks up the addresses of a host.</summary>
    /// <param name="host">Its name, or an address as text.</param>
    /// <param name="resolved">Gets at least one address, in the order in which they should be tried.</param>
    /// <exception cref="ArgumentException">The name is empty or too long.</exception>
    public abstract void Resolve(string host, Event<IPAddress[]> resolved);
}

/// <summary>How a <see cref="Listener"/> listens.</summary>
public sealed record ListenOptions
{
    /// <summary>How many connections may wait to be accepted; the system may hold it lower. 511 by default.</summary>
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

    /// <summary>Accepted connections send small pieces at once, as <see cref="System.Net.Sockets.Socket.NoDelay"/> does. True by default.</summary>
    public bool NoDelay { get; init; } = true;

    /// <summary>Several loops may listen on the address, each with its own listener; the system spreads connections over them. On Linux; elsewhere it is refused.</summary>
    public bool ReusePort { get; init; }

    /// <summary>A listener on <see cref="IPAddress.IPv6Any"/> takes IPv4 connections too, as <see cref="System.Net.Sockets.Socket.DualMode"/> does. True by default.</summary>
    public bool DualMode { get; init; } = true;
}
