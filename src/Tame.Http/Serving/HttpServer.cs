using System.Text;
using Tame.Http.Writing;
using Tame.IO;

namespace Tame.Http.Serving;

/// <summary>The state that the connections of one listener share.</summary>
internal sealed partial class HttpServer
{
    private readonly HashSet<HttpConnection> _open = [];
    private readonly byte[] _nameLine;

    public HttpServer(Action<HttpExchange, Event> handler, HttpServerOptions options)
    {
        Handler = handler;
        Options = options;
        Time = (EventLoop.Current ?? throw new InvalidOperationException("This thread has no event loop. Call ServeHttp on the thread of a loop: see EventLoop.Run.")).TimeProvider;
        Date = new DateHeader(Time);
        if (options.ServerName is { } name)
            OutgoingFields.Check("Server", name);
        _nameLine = options.ServerName is null ? [] : Encoding.UTF8.GetBytes($"Server: {options.ServerName}\r\n");
    }

    public Action<HttpExchange, Event> Handler { get; }

    public HttpServerOptions Options { get; }

    public TimeProvider Time { get; }

    public DateHeader Date { get; }

    public ReadOnlySpan<byte> NameLine => _nameLine;

    public bool IsStopping { get; private set; }

    /// <summary>Serves an accepted connection.</summary>
    public void Serve(Connection connection, Event done)
    {
        if (Options.Tls is null)
            new HttpConnection(connection, this).Serve(done);
        else
            Secure(connection, done);
    }

    /// <summary>Stops: answers the requests that have begun, and no others.</summary>
    public void Stop()
    {
        IsStopping = true;
        foreach (var connection in _open.ToArray())
            connection.Stop();
    }

    public void Add(HttpConnection connection) => _open.Add(connection);

    public void Remove(HttpConnection connection) => _open.Remove(connection);

    public PreparedResponse Page(int status) => Options.StatusPage?.Invoke(status)
        ?? new PreparedResponse(status, "text/plain; charset=utf-8", Encoding.ASCII.GetBytes($"{status} {StatusLine.Reason(status)}\n"));

    /// <summary>A client that fails the handshake, or takes too long, is not a failure of the server.</summary>
    [Tamed] private partial void Secure(Connection connection, Event done);

    private void SecureBody(Connection connection, Event done)
    {
        Connection? secure = null;
        try
        {
            twait(e => Tls.Accept(connection, Options.Tls!, e.WithTimeout(Options.HandshakeTimeout)), out secure);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            secure = null;
        }
        using (secure)
        {
            if (secure is not null)
                twait(e => new HttpConnection(secure, this).Serve(e));
        }
        done.Trigger();
    }
}
