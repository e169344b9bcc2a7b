using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Tame.AspNetCore.Tests;

/// <summary>The transports that every test of ASP.NET's behaviors runs on: what Kestrel does on its own is what is expected.</summary>
public enum Transport
{
    Sockets,
    Tame,
    TameKeepingHandlers,
    TameOnTwoLoops,
}

/// <summary>A server, whose end checks that nothing is left behind.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private static readonly Lazy<X509Certificate2> s_certificate = new(MakeCertificate);
    private readonly WebApplication _app;
    private readonly CountingPool _pool = new();

    private TestServer(Transport transport, Action<WebApplicationBuilder>? configure)
    {
        SkipWhereMissing(transport);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        Use(builder.WebHost, transport);
        builder.Services.AddSingleton<IMemoryPoolFactory<byte>>(_pool);
        configure?.Invoke(builder);
        _app = builder.Build();
    }

    public static X509Certificate2 Certificate => s_certificate.Value;

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public IPEndPoint EndPoint => new(IPAddress.Loopback, Address.Port);

    /// <summary>How many blocks of memory are out.</summary>
    public int Rented => _pool.Rented;

    /// <summary>The transport's loops; null on Kestrel's sockets.</summary>
    public LoopGroup? Loops => _app.Services.GetServices<IConnectionListenerFactory>().OfType<TransportFactory>().SingleOrDefault()?.Loops;

    /// <summary>Serves requests.</summary>
    public static Task<TestServer> Start(Transport transport, RequestDelegate handler, Action<KestrelServerOptions>? configure = null) =>
        Start(transport, app => app.Run(handler), configure);

    /// <summary>Serves requests by a pipeline.</summary>
    public static Task<TestServer> Start(Transport transport, Action<WebApplication> pipeline, Action<KestrelServerOptions>? configure = null, Action<WebApplicationBuilder>? build = null) => Start(
        transport,
        builder =>
        {
            builder.WebHost.ConfigureKestrel(options =>
            {
                if (configure is null)
                    options.Listen(IPAddress.Loopback, 0);
                else
                    configure(options);
            });
            build?.Invoke(builder);
        },
        pipeline);

    /// <summary>Serves bare connections.</summary>
    public static Task<TestServer> StartConnections(Transport transport, Func<ConnectionContext, Task> handler, Action<KestrelServerOptions>? configure = null) => Start(
        transport,
        builder => builder.WebHost.ConfigureKestrel(options =>
        {
            configure?.Invoke(options);
            options.Listen(IPAddress.Loopback, 0, listen => listen.Run(handler));
        }),
        _ => { });

    public static async Task<TestServer> Start(Transport transport, Action<WebApplicationBuilder> configure, Action<WebApplication> pipeline)
    {
        var server = new TestServer(transport, configure);
        pipeline(server._app);
        await server._app.StartAsync();
        return server;
    }

    public static void Use(IWebHostBuilder builder, Transport transport)
    {
        if (transport != Transport.Sockets)
        {
            builder.UseTame(options =>
            {
                options.KeepHandlersOnLoop = transport == Transport.TameKeepingHandlers;
                options.Loops = transport == Transport.TameOnTwoLoops ? 2 : 1;
            });
        }
    }

    public static void SkipWhereMissing(Transport transport) =>
        Assert.SkipUnless(transport == Transport.Sockets || OperatingSystem.IsLinux(), "The transport of UseTame needs Linux.");

    /// <summary>A client for plain text or TLS, of a version of HTTP.</summary>
    public HttpClient Client(Version? version = null)
    {
        var handler = new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true } };
        return new HttpClient(handler)
        {
            BaseAddress = Address,
            DefaultRequestVersion = version ?? HttpVersion.Version11,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Timeout = TimeSpan.FromSeconds(60),
        };
    }

    /// <summary>A bare connection to the server.</summary>
    public Socket Connect()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(EndPoint);
        socket.ReceiveTimeout = socket.SendTimeout = 20_000;
        return socket;
    }

    public Task Stop(CancellationToken token = default) => _app.StopAsync(token);

    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await _app.StopAsync(limit.Token);
        var loops = Loops;
        await _app.DisposeAsync();
        await Eventually.Holds(() => _pool.Rented == 0, () => $"{_pool.Rented} blocks are out");
        await Eventually.Holds(() => loops is null || loops.Connections == 0, () => $"{loops?.Connections} connections are open");
    }

    private static X509Certificate2 MakeCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}
