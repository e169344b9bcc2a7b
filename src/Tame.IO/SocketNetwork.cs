using System.Net;
using System.Net.Sockets;

namespace Tame.IO;

/// <summary>The network and the files of the system: TCP, Unix domain sockets and UDP.</summary>
/// <remarks>
/// On Linux it uses the system's calls. On other systems, and with <see cref="SocketNetworkOptions.UsePortableSockets"/>, it uses the sockets of .NET. It may serve any number of loops. To look up names in another way, derive from it and
/// override <see cref="LookUp"/>.
/// </remarks>
public partial class SocketNetwork : Network
{
    private static readonly TimeSpan s_retryTime = TimeSpan.FromMilliseconds(5);
    private readonly bool _isPortable;

    /// <summary>Creates the network.</summary>
    public SocketNetwork()
        : this(null)
    {
    }

    /// <summary>Creates the network.</summary>
    /// <param name="options">The options; null for the defaults.</param>
    public SocketNetwork(SocketNetworkOptions? options)
    {
        options ??= new SocketNetworkOptions();
        _isPortable = options.UsePortableSockets || !OperatingSystem.IsLinux();
        Files = new SystemFiles(_isPortable);
        _names = new NameCache(this, options.NameLifetime);
    }

    /// <inheritdoc/>
    public override FileSystem Files { get; }

    /// <inheritdoc/>
    public override Listener Listen(EndPoint endPoint, ListenOptions? options = null)
    {
        CheckStream(endPoint, nameof(endPoint));
        options ??= new ListenOptions();
        return _isPortable ? new PortableListener(endPoint, options) : new LinuxListener(endPoint, options);
    }

    /// <inheritdoc/>
    public override void Connect(EndPoint endPoint, Event<Connection> connected)
    {
        CheckStream(endPoint, nameof(endPoint));
        var loop = EventLoop.Current ?? throw Errors.NoLoop();
        if (!Operation.Admits(connected.Unblocker, loop))
            return;
        if (_isPortable)
        {
            PortableConnect.Start(endPoint, connected);
            return;
        }
        try
        {
            if (!LinuxConnect.TryStart(loop, endPoint, connected))
                Retry(loop, endPoint, connected);
        }
        catch (SocketException error)
        {
            connected.Fail(error);
        }
    }

    /// <inheritdoc/>
    public override Datagrams Bind(EndPoint endPoint)
    {
        CheckStream(endPoint, nameof(endPoint));
        return _isPortable ? new PortableDatagrams(endPoint) : new LinuxDatagrams(endPoint);
    }

    /// <summary>Connects to a listener whose backlog is full. The system does not report when the backlog has space, so it retries.</summary>
    [Tamed]
    private static partial void Retry(EventLoop loop, EndPoint endPoint, Event<Connection> connected);

    private static void RetryBody(EventLoop loop, EndPoint endPoint, Event<Connection> connected)
    {
        do
            twait(e => timer(s_retryTime, e));
        while (connected.IsPending && !LinuxConnect.TryStart(loop, endPoint, connected));
    }

    private static void CheckStream(EndPoint endPoint, string parameter)
    {
        ArgumentNullException.ThrowIfNull(endPoint, parameter);
        if (endPoint is not (IPEndPoint or UnixDomainSocketEndPoint))
        {
            throw new ArgumentException(
                $"{endPoint} is an address of type {endPoint.GetType().Name}; this network supports IPEndPoint and UnixDomainSocketEndPoint. Look up a name with Resolve, or connect to it with Connect(host, port, event).",
                parameter);
        }
    }
}

/// <summary>The options of a <see cref="SocketNetwork"/>.</summary>
public sealed record SocketNetworkOptions
{
    /// <summary>Uses the sockets and files of .NET on Linux too, as on other systems. False by default.</summary>
    public bool UsePortableSockets { get; init; }

    /// <summary>How long the addresses of a name are kept. Ten seconds by default; zero to keep none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    public TimeSpan NameLifetime
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            field = value;
        }
    } = TimeSpan.FromSeconds(10);
}
