using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Knot.Files;
using Knot.Http;
using Tame.Http;
using Tame.IO;

namespace Knot;

/// <summary>The server on one loop: answers and counts requests, and regularly reports its traffic.</summary>
/// <remarks>All members except <see cref="Stop"/> and <see cref="Address"/> are for the loop's thread.</remarks>
internal partial class Server
{
    private readonly TextWriter _output;
    private readonly AccessLog? _log;
    private Listener? _listener;
    private Event _stop;
    private volatile bool _isStopping;
    private bool _isReporting;

    public Server(KnotOptions options, TextWriter output)
    {
        Options = options;
        _output = output;
        _log = options.Log == LogFormat.None ? null : new AccessLog(options.Log, output);
        Cache = new ResponseCache(options.CacheBytes);
        Files = new StaticFiles(options, Cache, Time);
        Sender = new FileSender(Files, Time);
        Live = options.Live ? new LiveStream(this) : null;
    }

    public KnotOptions Options { get; }

    public TimeProvider Time { get; } = TimeProvider.System;

    public ResponseCache Cache { get; }

    public StaticFiles Files { get; }

    public FileSender Sender { get; }

    public Stats Stats { get; } = new();

    /// <summary>The counters of all servers that this one is part of; <see cref="Run"/> adds its own.</summary>
    public Totals Totals { get; set; } = new();

    /// <summary>Null if the server does not give its numbers.</summary>
    protected LiveStream? Live { get; }

    /// <summary>The value of the Server field.</summary>
    public virtual string Name => "Knot";

    public Uri Address { get; private set; } = null!;

    /// <summary>Called by <see cref="Run"/> when it can be stopped, before it answers the first client.</summary>
    public Action? Ready { get; set; }

    /// <summary>Binds to the port. From then on the system queues clients.</summary>
    /// <exception cref="SocketException">The port is not available.</exception>
    public void Listen()
    {
        var listener = Network.Current.Listen(new IPEndPoint(Options.Host, Options.Port), new ListenOptions { Backlog = 4096, ReusePort = Options.Loops > 1, DeferAccept = true });
        Address = new Uri($"{(Options.Tls is null ? "http" : "https")}://{listener.LocalEndPoint}");
        _listener = listener;
    }

    /// <summary>Serves until <see cref="Stop"/>.</summary>
    [Tamed] public partial void Run(Event done);

    private void RunBody(Event done)
    {
        using (twait())
        {
            CloseOnStop(mkevent());
            Event served = mkevent();
            served.AtTrigger(_stop);
            Totals.Add(Stats, EventLoop.Current!.TimeProvider.GetTimestamp());
            Open();
            Ready?.Invoke();
            _listener!.ServeHttp(Answer, Options.ToHttp(this), served);
        }
        _log?.Flush();
        twait(e => Close(e));
        done.Trigger();
    }

    [Tamed] private partial void CloseOnStop(Event done);

    private void CloseOnStopBody(Event done)
    {
        using (twait())
        {
            _stop = mkevent();
            if (_isStopping)
                _stop.Trigger();
        }
        _listener!.Dispose();
        done.Trigger();
    }

    /// <summary>Ends <see cref="Run"/>, from any thread and at any time, after the requests in progress are answered.</summary>
    public void Stop()
    {
        _isStopping = true;
        _stop.Trigger();
    }

    /// <summary>Stops the server when a signal arrives while <see cref="Run"/> runs.</summary>
    public void StopOn(PosixSignal signal) => Primitives.signal(signal, _stop);

    /// <summary>The failure of one connection does not affect the others.</summary>
    public void NoteFailure(Exception error)
    {
        if (!_isStopping)
            _output.WriteLine($"a connection failed: {error.Message}");
    }

    public void NoteAnswer(HttpExchange exchange)
    {
        Stats.Requests++;
        Stats.BytesSent += exchange.Response.BodyBytes;
        _log?.Add(exchange);
        if (!_isReporting)
            Report();
    }

    /// <summary>Called on the loop before the first client is served.</summary>
    protected virtual void Open()
    {
    }

    /// <summary>Called on the loop when the last client has been served.</summary>
    protected virtual void Close(Event closed) => closed.Trigger();

    /// <summary>The answer to a request that is not for a file; null if it is for a file.</summary>
    /// <param name="request">The request.</param>
    /// <param name="isGet">Whether the body is wanted, too.</param>
    protected static PreparedResponse? Refuse(HttpRequest request, out bool isGet)
    {
        isGet = request.MethodBytes.SequenceEqual("GET"u8);
        return isGet || request.IsHead ? null : StatusPages.For(IsKnown(request.Method) ? 405 : 501);
    }

    /// <summary>Answers a request, and triggers the event.</summary>
    protected virtual void Answer(HttpExchange exchange, Event done)
    {
        var request = exchange.Request;
        if (Refuse(request, out bool isGet) is { } refusal)
        {
            exchange.Response.Answer(refusal);
            done.Trigger();
            return;
        }
        var file = Files.Find(request.PathBytes, request.QueryBytes, out var page, out bool cached);
        if (cached)
            Stats.CacheHits++;
        if (file is not null)
        {
            Sender.Answer(exchange, file, isGet, done);
        }
        else if (Live is not null && LiveStream.IsFor(request))
        {
            Live.Answer(exchange, isGet, done);
        }
        else
        {
            exchange.Response.Answer(page);
            done.Trigger();
        }
    }

    private static bool IsKnown(string method) => method is "POST" or "PUT" or "DELETE" or "OPTIONS" or "PATCH" or "TRACE" or "CONNECT";

    /// <summary>Prints a line every few seconds until there is nothing to report, so that an idle server sets no timer.</summary>
    [Tamed] private partial void Report();

    private void ReportBody()
    {
        _isReporting = true;
        string? line;
        do
        {
            twait(e => timer(Options.StatsInterval, e));
            _log?.Flush();
            line = Stats.Report(Options.StatsInterval);
            if (line is not null && Options.PrintStats)
                _output.WriteLine(line);
        }
        while (line is not null);
        _isReporting = false;
    }
}
