using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Knot.Http;
using Tame.Http;
using Tame.IO;

namespace Knot;

/// <summary>The options from the command line, and the limits that keep one client from holding up the others.</summary>
internal sealed record KnotOptions
{
    public IPAddress Host { get; init; } = IPAddress.Loopback;

    /// <summary>0 picks a free one.</summary>
    public int Port { get; init; } = 5000;

    /// <summary>The port of the dashboard of the first loop; null for none.</summary>
    public int? DashboardPort { get; init; }

    public string Root { get; init; } = Path.Join(AppContext.BaseDirectory, "wwwroot");

    /// <summary>For each loop: loops share nothing.</summary>
    public long CacheBytes { get; init; } = 64L << 20;

    /// <summary>The number of loops, each on its own thread. The system spreads the clients among them.</summary>
    public int Loops { get; init; } = 1;

    /// <summary>A file with the certificate, in PEM, or, with its key, in PKCS #12.</summary>
    public string? Certificate { get; init; }

    /// <summary>A file with the key of a PEM certificate, if it is a separate file.</summary>
    public string? Key { get; init; }

    public SslServerAuthenticationOptions? Tls { get; init; }

    public LogFormat Log { get; init; }

    public bool ListDirectories { get; init; }

    public int MaxConnections { get; init; } = int.MaxValue;

    public int MaxTargetBytes { get; init; } = 8192;

    public int MaxHeadBytes { get; init; } = 16384;

    /// <summary>How long a connection may wait for its next request.</summary>
    public TimeSpan IdleLimit { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long the head of a request may take, from its first byte to its last.</summary>
    public TimeSpan HeadLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a client may take for 64 KB of a response.</summary>
    public TimeSpan StallLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a closing connection waits for the client to read the last answer.</summary>
    public TimeSpan LingerLimit { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long requests in progress may take when the server stops.</summary>
    public TimeSpan DrainLimit { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a cached file is served before it is compared with the disk.</summary>
    public TimeSpan RecheckAfter { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Whether <see cref="LiveStream.Path"/> gives the numbers of the server. Like files, they are public.</summary>
    public bool Live { get; init; } = true;

    public TimeSpan LiveInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How many pages may show the numbers, for each loop.</summary>
    public int MaxLive { get; init; } = 100;

    public TimeSpan StatsInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether to print lines about traffic. They would clutter a log of requests.</summary>
    public bool PrintStats => Log == LogFormat.None;

    /// <summary>Reads the certificate, if there is one.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">It is not a certificate.</exception>
    public KnotOptions WithCertificate()
    {
        if (Certificate is null)
            return this;
        bool isPfx = Path.GetExtension(Certificate).ToLowerInvariant() is ".pfx" or ".p12";
        var certificate = isPfx ? X509CertificateLoader.LoadPkcs12FromFile(Certificate, null) : X509Certificate2.CreateFromPemFile(Certificate, Key);
        return this with { Tls = new SslServerAuthenticationOptions { ServerCertificate = certificate, ApplicationProtocols = [SslApplicationProtocol.Http11] } };
    }

    /// <summary>The options for Tame.Http.</summary>
    public HttpServerOptions ToHttp(Server server) => new()
    {
        ServerName = server.Name,
        Tls = Tls,
        MaxTargetBytes = MaxTargetBytes,
        MaxHeadBytes = MaxHeadBytes,
        MaxBodyBytes = 0,
        IdleTimeout = IdleLimit,
        HeadTimeout = HeadLimit,
        SendTimeout = StallLimit,
        LingerTimeout = LingerLimit,
        StatusPage = StatusPages.For,
        OnAnswered = server.NoteAnswer,
        OnFailure = (_, error) => server.NoteFailure(error),
        Connections = new ServeOptions
        {
            MaxConnections = MaxConnections,
            DrainTimeout = DrainLimit,
            OnOpened = _ => server.Stats.Open(),
            OnClosed = _ => server.Stats.Active--,
            OnFailure = (_, error) => server.NoteFailure(error),
        },
    };
}
