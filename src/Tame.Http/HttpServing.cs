using Tame.Http.Serving;
using Tame.IO;

namespace Tame.Http;

/// <summary>Serves HTTP/1.1 on a listener.</summary>
public static class HttpServing
{
    /// <summary>
    /// Accepts connections, and calls a handler for each of their requests, one after the other. It stops when the listener is closed or <paramref name="done"/> completes early:
    /// it closes idle connections, and answers requests in progress with "Connection: close". After <see cref="ServeOptions.DrainTimeout"/> of <see cref="HttpServerOptions.Connections"/>
    /// it aborts the remaining connections.
    /// </summary>
    /// <param name="listener">The listener, which is closed at the end.</param>
    /// <param name="handler">
    /// Answers one request, and then completes the event. The exchange is valid until then. If a handler fails, the server answers with 500, or resets the connection if the answer has begun. A
    /// <see cref="BadRequestException"/> sets another status.
    /// </param>
    /// <param name="options">Limits; null for the defaults.</param>
    /// <param name="done">Triggered when all connections have ended. It fails if the listener fails permanently.</param>
    /// <exception cref="ArgumentNullException">The listener or the handler is null.</exception>
    /// <remarks>For the loop's thread. Requests of one connection never overlap; those of several connections do, between waits. In the steady state a request allocates nothing.</remarks>
    public static void ServeHttp(this Listener listener, Action<HttpExchange, Event> handler, HttpServerOptions? options, Event done)
    {
        ArgumentNullException.ThrowIfNull(listener);
        ArgumentNullException.ThrowIfNull(handler);
        options ??= new HttpServerOptions();
        var server = new HttpServer(handler, options);
        var draining = options.Connections.OnDrain;
        listener.Serve(server.Serve, options.Connections with { OnDrain = draining is null ? server.Stop : server.Stop + draining }, done);
    }
}
