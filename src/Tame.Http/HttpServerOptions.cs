using System.Net.Security;
using Tame.IO;

namespace Tame.Http;

/// <summary>Options of <see cref="HttpServing.ServeHttp"/>: limits of size and of time, TLS, and callbacks.</summary>
/// <remarks>All sizes are in bytes and all limits inclusive. A number that is not positive, or a time that is negative and not <see cref="Timeout.InfiniteTimeSpan"/>, throws an <see cref="ArgumentOutOfRangeException"/>.</remarks>
public sealed record HttpServerOptions
{
    /// <summary>The longest request target; a longer one gets 414. 8,192 by default; RFC 9110 asks for 8,000 at least.</summary>
    public int MaxTargetBytes { get; init => field = Positive(value); } = 8192;

    /// <summary>The largest head of a request, including its first line, and the largest trailers of a body in chunks; a larger one gets 431. 16,384 by default.</summary>
    public int MaxHeadBytes { get; init => field = Positive(value); } = 16384;

    /// <summary>The largest number of header fields, and of trailer fields; more get 431. 100 by default.</summary>
    public int MaxFields { get; init => field = Positive(value); } = 100;

    /// <summary>The largest body of a request; reading a larger one fails with 413. 30,000,000 by default. A handler may change it for its request with <see cref="HttpRequest.MaxBodyBytes"/>.</summary>
    public long MaxBodyBytes { get; init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value)); } = 30_000_000;

    /// <summary>The longest extensions of a chunk; longer ones get 400. 1,024 by default.</summary>
    public int MaxChunkExtensionBytes { get; init => field = Positive(value); } = 1024;

    /// <summary>The largest number of requests on a connection. The answer to the last one closes it. No limit by default.</summary>
    public int MaxRequests { get; init => field = Positive(value); } = int.MaxValue;

    /// <summary>
    /// The number of pipelined requests that are answered in a row before other connections get their turn. 16 by default. The server reads at most one buffer ahead: further bytes wait in
    /// the connection, and then in the client.
    /// </summary>
    public int MaxPipelined { get; init => field = Positive(value); } = 16;

    /// <summary>How much of an unread body the server reads and drops, so that the connection can continue. If more is left, the answer closes it. 65,536 by default.</summary>
    public int MaxDiscardedBytes { get; init => field = Positive(value); } = 65536;

    /// <summary>How long the head of a request may take from its first byte to its last. A slower one gets 408. 10 seconds by default.</summary>
    public TimeSpan HeadTimeout { get; init => field = Time(value); } = TimeSpan.FromSeconds(10);

    /// <summary>How long a connection may wait for its first or next request. 60 seconds by default.</summary>
    public TimeSpan IdleTimeout { get; init => field = Time(value); } = TimeSpan.FromSeconds(60);

    /// <summary>The lowest rate of a body in bytes per second, over the time that the server has waited for it; a slower client gets 408. 240 by default.</summary>
    public int MinBodyRate { get; init => field = Positive(value); } = 240;

    /// <summary>How long the server waits for a body in addition to the time from <see cref="MinBodyRate"/>. 5 seconds by default.</summary>
    public TimeSpan BodyGrace { get; init => field = Time(value); } = TimeSpan.FromSeconds(5);

    /// <summary>How long a client may take for each 64 KB of an answer, or for a smaller part. Then sending fails with a <see cref="TimeoutException"/>. 30 seconds by default.</summary>
    public TimeSpan SendTimeout { get; init => field = Time(value); } = TimeSpan.FromSeconds(30);

    /// <summary>How long a connection that closes with unread input waits for the client to take the last answer. 2 seconds by default.</summary>
    public TimeSpan LingerTimeout { get; init => field = Time(value); } = TimeSpan.FromSeconds(2);

    /// <summary>How long the handshake of TLS may take. 10 seconds by default.</summary>
    public TimeSpan HandshakeTimeout { get; init => field = Time(value); } = TimeSpan.FromSeconds(10);

    /// <summary>The certificate and the other options of TLS; null, the default, serves without TLS.</summary>
    public SslServerAuthenticationOptions? Tls { get; init; }

    /// <summary>The value of the field Server; null, the default, sends none.</summary>
    public string? ServerName { get; init; }

    /// <summary>The limit on the number of connections, and the time that they get to finish when serving ends.</summary>
    public ServeOptions Connections { get; init; } = new();

    /// <summary>Makes an answer from its status. Called for a request that the server refuses before a handler sees it, and for one whose handler failed. By default the answer is the status and its reason as text.</summary>
    public Func<int, PreparedResponse>? StatusPage { get; init; }

    /// <summary>
    /// Called with the failure of a handler, unless its client disconnected or sent a wrong body. By default it is written to standard error. The client gets a 500, or a reset if the answer had begun.
    /// </summary>
    public Action<HttpExchange, Exception>? OnFailure { get; init; }

    /// <summary>Called with each exchange when its answer is sent or could not be sent, including refused requests. An exception from it ends the connection.</summary>
    public Action<HttpExchange>? OnAnswered { get; init; }

    internal void Report(HttpExchange exchange, Exception error)
    {
        if (OnFailure is { } report)
            report(exchange, error);
        else
            Console.Error.WriteLine($"The handler of {exchange.Request.Method} {exchange.Request.Target} failed: {error}");
    }

    private static int Positive(int value)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
        return value;
    }

    private static TimeSpan Time(TimeSpan value)
    {
        if (value != Timeout.InfiniteTimeSpan)
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
        return value;
    }
}
