using System.Buffers;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Tame.AspNetCore;

/// <summary>Binds Kestrel's endpoints on the transport's loops.</summary>
internal sealed class TransportFactory : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    private readonly TameTransportOptions _options;
    private readonly ILogger _logger;

    public TransportFactory(IOptions<TameTransportOptions> options, IMemoryPoolFactory<byte> memory, ILoggerFactory loggers)
    {
        _options = options.Value;
        _logger = loggers.CreateLogger("Tame.AspNetCore");
        Loops = new LoopGroup(_options, memory, _logger);
    }

    public LoopGroup Loops { get; }

    /// <summary>Also true for file handles, so that binding refuses them with a reason. Otherwise Kestrel would silently choose another transport for them.</summary>
    public bool CanBind(EndPoint endpoint) => endpoint is IPEndPoint or UnixDomainSocketEndPoint or FileHandleEndPoint;

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new PlatformNotSupportedException(
                "UseTame needs Linux. Call it only there: `if (OperatingSystem.IsLinux()) builder.WebHost.UseTame();`. Elsewhere Kestrel uses its own sockets.");
        }
        if (endpoint is not (IPEndPoint or UnixDomainSocketEndPoint))
        {
            throw new NotSupportedException(
                $"The transport of UseTame cannot listen at {endpoint}, of type {endpoint.GetType().Name}. It supports TCP addresses and paths of Unix domain sockets. To listen on a handle that another process has opened, remove the call of UseTame.");
        }
        Loops.Enter();
        try
        {
            return ValueTask.FromResult<IConnectionListener>(TransportListener.Bind(endpoint, _options, Loops, _logger));
        }
        catch (SocketException error)
        {
            Loops.Leave();
            throw error.SocketErrorCode == SocketError.AddressAlreadyInUse ? new AddressInUseException(error.Message, error) : error;
        }
        catch
        {
            Loops.Leave();
            throw;
        }
    }
}
