using Tame.Http.Serving;

namespace Tame.Http;

/// <summary>A request and its answer. A connection reuses one exchange for all its requests. The exchange is valid until the handler completes its event.</summary>
/// <remarks>All members are for the loop's thread.</remarks>
public sealed class HttpExchange
{
    private readonly HttpConnection _connection;

    internal HttpExchange(HttpConnection connection, HttpRequest request, HttpResponse response)
    {
        _connection = connection;
        Request = request;
        Response = response;
    }

    /// <summary>The request.</summary>
    public HttpRequest Request { get; }

    /// <summary>The answer.</summary>
    public HttpResponse Response { get; }

    /// <summary>The connection; over TLS, the encrypted one. Until <see cref="Upgrade"/> hands it over, use only its addresses: the server receives and sends on it.</summary>
    public Connection Connection => _connection.Connection;

    /// <summary>An object that a handler keeps for the next requests of the connection.</summary>
    public object? State { get; set; }

    /// <summary>Whether the server is stopping. If so, this answer is the last one of its connection.</summary>
    public bool IsStopping => _connection.Server.IsStopping;

    /// <summary>The time since the first bytes of the request arrived.</summary>
    public TimeSpan Elapsed => _connection.Elapsed;

    /// <summary>Triggers an event when the server begins to stop, or at once if it has begun. End an endless answer then, such as a stream of events.</summary>
    /// <param name="stopping">The event. The server drops it when the exchange ends.</param>
    public void WhenStopping(Event stopping) => _connection.WhenStopping(stopping);

    /// <summary>
    /// Leaves HTTP: answers with "101 Switching Protocols" and the added fields, and hands over the connection. The server closes it when the handler completes its event.
    /// </summary>
    /// <param name="protocol">One of the protocols that the request's field Upgrade names.</param>
    /// <param name="upgraded">Gets the connection, and the bytes that the client has sent after its request. Process these first.</param>
    /// <exception cref="InvalidOperationException">The request does not ask for this protocol, its body was not read, the answer has begun, or the exchange has ended.</exception>
    /// <remarks>The time limits of the server do not apply to the bytes that follow.</remarks>
    public void Upgrade(string protocol, Event<Connection, ReadOnlyMemory<byte>> upgraded)
    {
        ArgumentNullException.ThrowIfNull(protocol);
        if (!_connection.MayUpgrade(protocol))
            throw new InvalidOperationException($"The request does not ask for an upgrade to '{protocol}'. A server may not change the protocol by itself.");
        _connection.HandOver(protocol, upgraded);
    }

    /// <summary>Answers a CONNECT with status 200, and hands over the connection, as <see cref="Upgrade"/> does.</summary>
    /// <param name="opened"><inheritdoc cref="Upgrade" path="/param[@name='upgraded']"/></param>
    /// <exception cref="InvalidOperationException">The method is not CONNECT, the answer has begun, or the exchange has ended.</exception>
    public void OpenTunnel(Event<Connection, ReadOnlyMemory<byte>> opened)
    {
        if (Request.TargetForm != HttpTargetForm.Authority)
            throw new InvalidOperationException("The method is not CONNECT.");
        _connection.HandOver(null, opened);
    }
}
