using Tame.Http.Serving;
using Tame.IO;

namespace Tame.Http;

/// <summary>Serves HTTP/1.1 on a listener.</summary>
public static class HttpServing
{
    /// <summary>
    /// Accepts connections, and calls a handler for each of their requests, one after the other, until the listener is closed or <paramref name="done"/> completes otherwise. Then it stops in order:
    /// idle connections are closed, requests under way are answered with "Connection: close", and after <see cref="ServeOptions.DrainTimeout"/> of <see cref="HttpServerOptions.Connections"/> the
    /// connections that are left are aborted.
    /// </summary>
    /// <param name="listener">The listener, which is closed at the end.</param>
    /// <param name="handler">
    /// Answers one request, and completes the event. The exchange is valid until then. A handler that fails is answered for with 500, or, where its answer has begun, by a reset; a
    /// <see cref="BadRequestException"/> names another status.
    /// </param>
    /// <param name="options">Limits; null for the defaults.</param>
    /// <param name="done">Triggered when all connections have ended. It fails where the listener fails for good.</param>
    /// <exception cref="ArgumentNullException">The listener or the handler is null.</exception>
    /// <remarks>For the loop's thread. Requests of one connection never overlap; those of several do, between waits. In the steady state nothing is allocated for a request.</remarks>
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
