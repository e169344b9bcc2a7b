namespace Tame.Load;

/// <summary>The clients of one loop, from the first request to the last answer.</summary>
internal sealed partial class LoadRun
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(20);
    private readonly List<Client> _clients = [];
    private bool _ended;

    private LoadRun(LoadOptions options, IProgress<long>? progress)
    {
        (Options, Progress) = (options, progress);
        Clock = new Clock(EventLoop.Current!.TimeProvider);
        Pacer = new Pacer(Clock, options.Spins && options.Rate > 0);
        Schedule = new Schedule(options);
        Choice = new RequestChoice(options.Requests, options.Weights);
        Result = new LoadResult(options.Clients) { Duration = options.Duration };
    }

    public LoadOptions Options { get; }

    public Clock Clock { get; }

    public Pacer Pacer { get; }

    public Schedule Schedule { get; }

    public RequestChoice Choice { get; }

    public LoadResult Result { get; }

    private IProgress<long>? Progress { get; }

    /// <summary>Runs some of the clients on the current loop.</summary>
    /// <param name="options">What to send.</param>
    /// <param name="clients">Their numbers.</param>
    /// <param name="progress">Is told how many answers there are, now and then.</param>
    /// <param name="done">Gets what they saw.</param>
    [Tamed] public static partial void Start(LoadOptions options, Range clients, IProgress<long>? progress, Event<LoadResult> done);

    private static void StartBody(LoadOptions options, Range clients, IProgress<long>? progress, Event<LoadResult> done)
    {
        var run = new LoadRun(options, progress);
        run.Watch(Event.Detached);
        using (twait())
        {
            run.Pacer.Run(mkevent());
            run.RunClients(clients, mkevent());
        }
        done.Trigger(run.Result);
    }

    [Tamed] private partial void RunClients(Range clients, Event done);

    private void RunClientsBody(Range clients, Event done)
    {
        using (twait())
        {
            for (int i = clients.Start.Value; i < clients.End.Value; i++)
            {
                var client = new Client(this, i);
                _clients.Add(client);
                client.Run(mkevent());
            }
        }
        _ended = true;
        Pacer.End();
        done.Trigger();
    }

    /// <summary>Resets the connections of requests that take too long. A limit for each operation would cost the load generator more than this.</summary>
    [Tamed] private partial void Watch(Event done);

    private void WatchBody(Event done)
    {
        while (!_ended)
        {
            twait(e => timer(s_look, e));
            foreach (var client in _clients)
                client.EndIfSentBefore(Clock.Now - (Options.Timeout.Ticks * 100));
            Progress?.Report(Result.Requests);
        }
        done.Trigger();
    }
}
