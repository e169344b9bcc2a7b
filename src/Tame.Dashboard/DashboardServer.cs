using System.Net;
using Tame.Dashboards.Serving;
using Tame.Http;
using Tame.IO;

namespace Tame.Dashboards;

/// <summary>A running dashboard.</summary>
/// <remarks>Use all members on the loop's thread.</remarks>
public sealed partial class DashboardServer : IDisposable
{
    private readonly Listener _listener;
    private readonly Site _site;

    internal DashboardServer(Listener listener, Site site)
    {
        (_listener, _site) = (listener, site);
        Address = new Uri($"http://{listener.LocalEndPoint}/");
    }

    /// <summary>The address of the page.</summary>
    public Uri Address { get; }

    /// <summary>
    /// The token that a request needs in the header <c>X-Tame-Token</c> to change something. The page reads it from <c>#token=</c> in its address.
    /// </summary>
    public string Token => _site.Token;

    /// <summary>Closes the port, and ends open pages.</summary>
    public void Dispose()
    {
        _site.Stop();
        _listener.Dispose();
    }

    internal void Begin()
    {
        _site.Read();
        Serve();
    }

    [Tamed] private partial void Serve();

    private void ServeBody()
    {
        var options = new HttpServerOptions
        {
            ServerName = "Tame",
            MaxBodyBytes = 0,
            OnFailure = Report,
            Connections = new ServeOptions { MaxConnections = 64, DrainTimeout = TimeSpan.FromSeconds(1) },
        };
        twait(e => _listener.ServeHttp(new HttpFront(_site).Answer, options, e));
    }

    /// <summary>A page that is open when the loop ends is not a failure.</summary>
    private static void Report(HttpExchange exchange, Exception error)
    {
        if (error is not OperationCanceledException)
            Console.Error.WriteLine($"The dashboard's answer to {exchange.Request.Method} {exchange.Request.Path} failed: {error}");
    }
}
