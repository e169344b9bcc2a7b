using System.Text;
using Tame.Dashboards.Drawing;
using Tame.Dashboards.Figures;
using Tame.Dashboards.Graph;
using Tame.Dashboards.Layout;

namespace Tame.Dashboards.Serving;

/// <summary>The page's server without its network part: it reads the loop and answers requests.</summary>
internal sealed partial class Site
{
    private const int MostOpen = 1000;
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(0.5);
    private readonly ILoopFigures _figures;
    private readonly TimeProvider _time;
    private readonly Access _access;
    private readonly Assets _assets;
    private readonly Viewers _viewers;
    private readonly Painter _painter;
    private readonly History _history = new(History.TenMinutes);
    private volatile TaskCompletionSource _painted = NewSignal();
    private readonly List<Event> _waiting = [];
    private readonly ProfileMode _profile;
    private Event _stop;
    private volatile bool _isStopping;

    public Site(ILoopFigures figures, DashboardOptions options, TimeProvider time, Access access)
    {
        (_figures, _time, _access, _profile) = (figures, time, access, options.Profile);
        _assets = new Assets(options.Title);
        _viewers = new Viewers(options.MaxViewers, () => new GraphView(new LayeredLayout()));
        _painter = new Painter(_viewers, options.MaxNodes);
    }

    public string Token => _access.Token;

    /// <summary>Completes when the next frames are ready. Any thread may wait for it. On the loop, a wait for a task would stop virtual time.</summary>
    public Task NextFrames => _painted.Task;

    /// <summary>Whether a request is for <see cref="Open"/>.</summary>
    public static bool IsStream(DashboardRequest request) => request is { Path: "/live", Method: "GET" };

    public DashboardAnswer? Refuse(DashboardRequest request) => _access.Refuse(request);

    /// <summary>Reads the loop twice a second, until <see cref="Stop"/> or the end of the loop.</summary>
    [Tamed] public partial void Read();

    private void ReadBody()
    {
        if (_figures.Profile == ProfileMode.Off)
            _figures.Profile = _profile;
        while (!_isStopping)
        {
            long start = _time.GetTimestamp();
            using (var first = new Rendezvous())
            {
                timer(s_interval, mkevent(first));
                _stop = mkevent(first);
                twait(first);
            }
            double late = Math.Max(0, (_time.GetElapsedTime(start) - s_interval).TotalSeconds);
            var figures = _figures.Read();
            // If the timer is late, running code has delayed it.
            figures = figures with { Delay = figures.Delay ?? late };
            var now = _time.GetUtcNow();
            _history.Add(now, figures);
            if (_viewers.AreWatching && !_isStopping)
            {
                var graph = _figures.Graph();
                figures = figures with { Blocked = graph.Nodes.Sum(node => node.Blocked) };
                var stages = _figures.Stages();
                twait(Task.Run(() => _painter.Paint(now, figures, graph, stages)));
            }
            Publish();
        }
    }

    /// <summary>Ends <see cref="Read"/>, on the loop's thread.</summary>
    public void Stop()
    {
        _isStopping = true;
        _stop.Trigger();
        Publish();
    }

    /// <summary>Triggers an event when the next frames are ready. Call it on the loop's thread.</summary>
    public void WhenPainted(Event painted)
    {
        if (_isStopping)
            painted.Trigger();
        else
            _waiting.Add(painted);
    }

    /// <summary>No more frames will come. Thread-safe.</summary>
    public bool IsStopping => _isStopping;

    /// <summary>Begins a stream. Null if there are too many. Thread-safe.</summary>
    public Viewer? Open(DashboardRequest request) => _viewers.Open(
        QueryText.Get(request.Query, "view"), new ViewRequest(QueryText.Numbers(request.Query, "open", MostOpen), QueryText.Number(request.Query, "layout") ?? 0));

    public void Close(Viewer viewer) => _viewers.Close(viewer);

    /// <summary>The curves up to now. Call it on the loop's thread.</summary>
    public string Past() => JsonText.OfHistory(_history.ToArray());

    /// <summary>Answers all requests except streams, on the loop's thread.</summary>
    [Tamed] public partial void Answer(DashboardRequest request, Event<DashboardAnswer> answered);

    private void AnswerBody(DashboardRequest request, Event<DashboardAnswer> answered)
    {
        if (_access.Refuse(request) is { } refusal)
        {
            answered.Trigger(refusal);
            return;
        }
        var answer = AnswerAtOnce(request);
        if (answer is null)
        {
            // A tree for each call may take long, so this does not run on the loop's thread.
            var blocked = _figures.Blocked();
            twait(Task.Run(() => Panel(request, blocked)), out answer);
        }
        answered.Trigger(answer);
    }

    /// <returns>Null for a panel.</returns>
    private DashboardAnswer? AnswerAtOnce(DashboardRequest request)
    {
        string allowed = request.Path == "/profile" ? "POST" : "GET, HEAD";
        var asset = _assets.Find(request.Path);
        if (asset is null && request.Path is not ("/profile" or "/panel" or "/live"))
            return DashboardAnswer.Text(404, "This page does not exist.");
        if (!allowed.Split(", ").Contains(request.Method))
            return DashboardAnswer.Text(405, $"Allowed methods: {allowed}.") with { Allow = allowed };
        return request.Path switch
        {
            "/profile" => Switch(request),
            "/panel" => null,
            "/live" => DashboardAnswer.Text(405, "Allowed methods: GET.") with { Allow = "GET" },
            _ => asset,
        };
    }

    private DashboardAnswer Switch(DashboardRequest request)
    {
        if (!_access.HasToken(request))
            return DashboardAnswer.Text(403, "The token is missing or wrong. It was printed when the dashboard started.");
        ProfileMode? wanted = QueryText.Get(request.Query, "to") switch { "off" => ProfileMode.Off, "sampled" => ProfileMode.Sampled, "on" => ProfileMode.On, _ => null };
        if (wanted is null)
            return DashboardAnswer.Text(400, "The parameter 'to' must be off, sampled or on.");
        _figures.Profile = wanted.Value;
        return DashboardAnswer.Text(200, "done");
    }

    private DashboardAnswer Panel(DashboardRequest request, IReadOnlyList<BlockedCall> blocked)
    {
        var graph = _viewers.Find(QueryText.Get(request.Query, "view")) is { } viewer ? _painter.Seen(viewer) : VisibleGraph.Empty;
        string? html = null;
        if (QueryText.Number(request.Query, "node") is { } id && graph.Nodes.FirstOrDefault(node => node.Id == id) is { } node)
            html = Panels.OfNode(graph, node, blocked);
        else if (QueryText.Number(request.Query, "edge") is { } number && graph.Edges.FirstOrDefault(edge => edge.Id == number) is { } edge)
            html = Panels.OfEdge(graph, edge);
        return html is null ? DashboardAnswer.Text(404, "The drawing does not have this node or edge.") : new DashboardAnswer(200, "text/html; charset=utf-8", Encoding.UTF8.GetBytes(html));
    }

    private void Publish()
    {
        Interlocked.Exchange(ref _painted, NewSignal()).TrySetResult();
        // Woken calls run later, so the list does not change here.
        foreach (var painted in _waiting)
            painted.Trigger();
        _waiting.Clear();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
