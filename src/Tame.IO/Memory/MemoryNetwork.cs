using System.Net;
using System.Net.Sockets;

namespace Tame.IO;

/// <summary>A network in the memory of this process, for tests: bounded buffers, names and files. It makes no system calls, and does not wait in virtual time.</summary>
/// <remarks>
/// <para>It has every address. Connections behave like those of TCP on one machine: bytes that one side has sent and the other has not read fill a bounded buffer, then sends wait. A side that closes with
/// unread bytes, or aborts, resets the connection.</para>
/// <para>It belongs to the loop that uses it first. All members are for that loop's thread.</para>
/// </remarks>
public sealed class MemoryNetwork : Network
{
    private const int FirstPort = 49152;
    private readonly Dictionary<EndPoint, MemoryListener> _listeners = [];
    private readonly Dictionary<EndPoint, MemoryDatagrams> _datagrams = [];
    private readonly Dictionary<string, IPAddress[]> _hosts = new(StringComparer.OrdinalIgnoreCase) { ["localhost"] = [IPAddress.Loopback, IPAddress.IPv6Loopback] };
    private readonly MemoryNetworkOptions _options;
    private EventLoop? _loop;
    private int _lastPort = FirstPort - 1;

    /// <summary>Creates a network with no hosts except <c>localhost</c>, and with an empty <see cref="MemoryFileSystem"/>.</summary>
    /// <param name="options">The sizes of its buffers; null for the defaults.</param>
    public MemoryNetwork(MemoryNetworkOptions? options = null) => _options = options ?? new MemoryNetworkOptions();

    /// <inheritdoc/>
    public override FileSystem Files { get; } = new MemoryFileSystem();

    /// <summary>Sets the addresses of a host, and replaces earlier ones.</summary>
    /// <param name="host">The name; upper and lower case are equal.</param>
    /// <param name="addresses">The addresses that <see cref="Resolve"/> finds; none for an unknown host.</param>
    public void SetHost(string host, params ReadOnlySpan<IPAddress> addresses)
    {
        ArgumentException.ThrowIfNullOrEmpty(host);
        if (addresses.IsEmpty)
            _hosts.Remove(host);
        else
            _hosts[host] = addresses.ToArray();
    }

    /// <inheritdoc/>
    public override Listener Listen(EndPoint endPoint, ListenOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(endPoint);
        Enter();
        endPoint = WithPort(endPoint);
        if (_listeners.ContainsKey(endPoint))
            throw NetworkErrors.Failed($"listening at {endPoint}", SocketError.AddressAlreadyInUse);
        return _listeners[endPoint] = new MemoryListener(this, endPoint, (options ?? new ListenOptions()).Backlog);
    }

    /// <inheritdoc/>
    public override void Connect(EndPoint endPoint, Event<Connection> connected)
    {
        ArgumentNullException.ThrowIfNull(endPoint);
        Enter();
        if (!Operation.Admits(connected.Unblocker, _loop!))
            return;
        var listener = Find(_listeners, endPoint);
        if (listener is null)
        {
            connected.Fail(NetworkErrors.Failed($"connecting to {endPoint}", SocketError.ConnectionRefused));
            return;
        }
        var (client, server) = MemoryConnection.Pair(SourceFor(new IPEndPoint(IPAddress.Any, 0), endPoint), endPoint, _options.BufferSize);
        listener.Connect(client, server, connected);
    }

    /// <inheritdoc/>
    public override Datagrams Bind(EndPoint endPoint)
    {
        ArgumentNullException.ThrowIfNull(endPoint);
        Enter();
        endPoint = WithPort(endPoint);
        if (_datagrams.ContainsKey(endPoint))
            throw NetworkErrors.Failed($"binding {endPoint}", SocketError.AddressAlreadyInUse);
        return _datagrams[endPoint] = new MemoryDatagrams(this, endPoint, _options.DatagramQueue);
    }

    /// <inheritdoc/>
    public override void Resolve(string host, Event<IPAddress[]> resolved)
    {
        ArgumentException.ThrowIfNullOrEmpty(host);
        Enter();
        if (IPAddress.TryParse(host, out var address))
            resolved.Trigger([address]);
        else if (_hosts.TryGetValue(host, out var addresses))
            resolved.Trigger([.. addresses]);
        else
            resolved.Fail(NetworkErrors.Failed($"looking up '{host}'", SocketError.HostNotFound));
    }

    internal void Remove(MemoryListener listener) => _listeners.Remove(listener.LocalEndPoint);

    internal void Remove(MemoryDatagrams datagrams) => _datagrams.Remove(datagrams.LocalEndPoint);

    internal MemoryDatagrams? Find(EndPoint endPoint) => Find(_datagrams, endPoint);

    /// <summary>The address that a peer sees if a socket is bound to every address, or to no port.</summary>
    internal EndPoint SourceFor(EndPoint local, EndPoint remote)
    {
        if (local is not IPEndPoint { Address: var address, Port: var port } || remote is not IPEndPoint { Address: var peer })
            return remote is IPEndPoint ? local : remote;
        if (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
            address = peer.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Loopback : IPAddress.Loopback;
        return new IPEndPoint(address, port == 0 ? NextPort() : port);
    }

    /// <summary>The socket that has an address, or otherwise the one with every address at that port.</summary>
    private static T? Find<T>(Dictionary<EndPoint, T> table, EndPoint endPoint)
        where T : class
    {
        if (table.TryGetValue(endPoint, out var found) || endPoint is not IPEndPoint { Port: var port } ip)
            return found;
        if (ip.AddressFamily == AddressFamily.InterNetwork && table.TryGetValue(new IPEndPoint(IPAddress.Any, port), out found))
            return found;
        return table.GetValueOrDefault(new IPEndPoint(IPAddress.IPv6Any, port));
    }

    private EndPoint WithPort(EndPoint endPoint) => endPoint is IPEndPoint { Port: 0 } ip ? new IPEndPoint(ip.Address, NextPort()) : endPoint;

    private int NextPort() => _lastPort = _lastPort == IPEndPoint.MaxPort ? FirstPort : _lastPort + 1;

    private void Enter()
    {
        var here = EventLoop.Current ?? throw Errors.NoLoop();
        if (!ReferenceEquals(_loop ??= here, here))
            throw Errors.WrongThread("This network in memory", _loop);
    }
}

/// <summary>The sizes of the buffers of a <see cref="MemoryNetwork"/>.</summary>
public sealed record MemoryNetworkOptions
{
    /// <summary>The largest number of bytes in each direction of a connection that were sent and not received yet. 65,536 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not positive.</exception>
    public int BufferSize
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            field = value;
        }
    } = 65536;

    /// <summary>The largest number of datagrams that one socket holds; further ones are dropped. 256 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not positive.</exception>
    public int DatagramQueue
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            field = value;
        }
    } = 256;
}
