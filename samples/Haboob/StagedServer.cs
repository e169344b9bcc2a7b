using Knot;
using Tame.Http;
using Tame.Stages;

namespace Haboob;

/// <summary>
/// A web server of stages. Tame.Http accepts clients, reads their requests and sends the rest of an answer. In between, a request goes from stage to stage:
/// <c>parse</c>, <c>cache</c>, then <c>file</c> if it has to be read, and <c>send</c>; or <c>parse</c>, <c>bottleneck</c> and <c>send</c>.
/// </summary>
/// <remarks>
/// Parse, cache and send are on the loop, where an idle stage runs its handler at once. Files and the bottleneck page take time, so they are on threads of their stages. If a stage refuses
/// a request, the server answers 503 at once.
/// </remarks>
internal sealed partial class StagedServer(HaboobOptions options, TextWriter output) : Server(options.Site, output)
{
    /// <summary>More than the possible number of connections.</summary>
    private const int Unbounded = 1 << 24;

    private readonly Busy _busy = new();
    private EventLoop _loop = null!;
    private Stage<Request> _parse = null!;
    private Stage<Request> _cache = null!;
    private Stage<Request> _file = null!;
    private Stage<Request> _bottleneck = null!;
    private Stage<Request> _send = null!;

    /// <inheritdoc/>
    public override string Name => "Haboob";

    /// <summary>The stages, once the server is open.</summary>
    public StageGraph Graph { get; } = new("haboob");

    /// <inheritdoc/>
    protected override void Open()
    {
        _loop = EventLoop.Current!;
        var bounded = new StageOptions<Request> { Capacity = options.MaxWaiting };
        _send = Stage.OnLoop<Request>("send", Send, new StageOptions<Request> { Capacity = Unbounded, MaxConcurrency = Unbounded });
        _file = Stage.OnThreads<Request>("file", Load, bounded with { Threads = options.FileThreads });
        _bottleneck = Stage.OnThreads<Request>("bottleneck", MakePage, options.IsControlled
            ? bounded with { Admission = new OverloadController(new OverloadOptions { Targets = [options.Target] }) }
            : new StageOptions<Request> { Capacity = Unbounded });
        _cache = Stage.OnLoop("cache", Step(LookUp), bounded);
        _parse = Stage.OnLoop("parse", Step(Parse), bounded);
        Graph
            .Connect(_parse, _cache, StageLink.Tries).Connect(_parse, _bottleneck, StageLink.Tries).Connect(_parse, _send, StageLink.Tries)
            .Connect(_cache, _file, StageLink.Tries).Connect(_cache, _send, StageLink.Tries)
            .Connect(_file, _send, StageLink.Tries).Connect(_bottleneck, _send, StageLink.Tries)
            .AddEnd(_send)
            .Start();
    }

    /// <inheritdoc/>
    protected override void Close(Event closed) => Graph.Stop(Options.DrainLimit, closed);

    /// <inheritdoc/>
    protected override void Answer(HttpExchange exchange, Event done) => Offer(_parse, Request.Of(exchange, done));

    /// <summary>On the loop: passes a request on. If the stage refuses it, answers it.</summary>
    private void Offer(Stage<Request> stage, Request request)
    {
        if (stage.TryEnqueue(request) == EnqueueOutcome.Accepted)
            return;
        request.Page = _busy.For(stage.RetryAfter());
        request.Answer();
    }

    /// <summary>On a thread of a stage: passes a request to the last stage.</summary>
    private void OfferToSend(Request request)
    {
        if (_send.TryEnqueue(request) != EnqueueOutcome.Accepted)
            _loop.Post(() => request.Fail(new OperationCanceledException("The server stops.")));
    }

    /// <summary>The work of a stage on the loop that needs no wait.</summary>
    private static StageHandler<Request> Step(Action<Request> step) => (request, done) =>
    {
        try
        {
            step(request);
        }
        catch (Exception error)
        {
            request.Fail(error);
        }
        done.Trigger();
    };

    private void Parse(Request request)
    {
        var http = request.Exchange.Request;
        request.Page = Refuse(http, out bool isGet);
        request.IsGet = isGet;
        if (request.Page is not null)
            Offer(_send, request);
        else if (http.PathBytes.SequenceEqual("/bottleneck"u8))
            Offer(_bottleneck, request);
        else
            Offer(_cache, request);
    }

    private void LookUp(Request request)
    {
        request.File = Files.LookUp(request.Exchange.Request.PathBytes, out string? path, out var page);
        (request.Path, request.Page) = (path, page);
        if (path is null)
        {
            if (request.File is not null)
                Stats.CacheHits++;
            Offer(_send, request);
            return;
        }
        request.LeaveLoop();
        Offer(_file, request);
    }

    private void Load(Request request)
    {
        request.File = Files.Load(request.Path!, request.Target, request.Query, out var page);
        if (request.File is null)
            request.Page = page;
        OfferToSend(request);
    }

    private void MakePage(Request request)
    {
        try
        {
            request.Page = Bottleneck.Make(options.Work);
        }
        catch (OutOfMemoryException error)
        {
            request.Failure = error;
        }
        OfferToSend(request);
    }

    [Tamed] private partial void Send(Request request, Event done);

    private void SendBody(Request request, Event done)
    {
        if (request.Failure is { } failure)
        {
            request.Fail(failure);
        }
        else if (request.Page is not null && !IsForLive(request))
        {
            request.Answer();
        }
        else if (request.Done.IsPending)        // otherwise the server has already ended the connection
        {
            if (request.Path is not null)
                Files.Keep(request.File!);
            try
            {
                twait(e => Give(request, e));
                request.Complete();
            }
            catch (Exception error)
            {
                request.Fail(error);
            }
        }
        done.Trigger();
    }

    /// <summary>No file has this path, so the page says 404.</summary>
    private bool IsForLive(Request request) => Live is not null && request.Page!.Status == 404 && request.Done.IsPending && LiveStream.IsFor(request.Exchange.Request);

    private void Give(Request request, Event given)
    {
        if (request.File is { } file)
            Sender.Answer(request.Exchange, file, request.IsGet, given);
        else
            Live!.Answer(request.Exchange, request.IsGet, given);
    }
}
