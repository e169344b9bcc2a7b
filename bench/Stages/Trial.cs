namespace Tame.Stages.Responses;

/// <summary>What a stage did in one interval of a trial.</summary>
/// <param name="At">The end of the interval, in seconds.</param>
/// <param name="Offered">Requests per second that came.</param>
/// <param name="Answered">Requests per second that were answered.</param>
/// <param name="InTime">Requests per second that were answered while the client still waited.</param>
/// <param name="Response">The 90th percentile of the response time of those answered, in seconds; not a number if none were.</param>
internal sealed record Moment(double At, double Offered, double Answered, double InTime, double Response)
{
    public int Threads { get; init; }

    public int BatchSize { get; init; }

    public int QueueLength { get; init; }

    public double Rate { get; init; }
}

/// <summary>
/// Requests come at a rate that does not care how the stage fares, from clients at random, in virtual time. With a seed: the same numbers on every machine.
/// </summary>
/// <param name="load">Requests per second at a time.</param>
/// <param name="options">How the stage works, and what controls it.</param>
/// <param name="length">How long requests come.</param>
internal sealed partial class Trial(Func<TimeSpan, double> load, TrialOptions options, TimeSpan length)
{
    private readonly Random _random = new(20031);
    private readonly List<Moment> _moments = [];
    private ITrialStage? _stage;
    private int _offered;

    /// <summary>The trial takes real time, and a stage with a thread-pool controller has threads of the system.</summary>
    public bool IsReal { get; init; }

    /// <summary>How many clients there are.</summary>
    public int Clients { get; init; } = 100;

    /// <summary>The share of requests that are of the first class; the others are of the second.</summary>
    public double FirstClass { get; init; } = 1;

    /// <summary>After this time a client has gone: the answer comes in vain.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromDays(1);

    /// <summary>The length of an interval.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    public IReadOnlyList<Moment> Moments => _moments;

    /// <summary>Requests that were refused, with the time.</summary>
    public List<TimeSpan> Refusals { get; } = [];

    public IReadOnlyList<Answer> Answers => _stage!.Answers;

    public Trial Run()
    {
        EventLoop.Run(Play, new EventLoopOptions { VirtualTime = !IsReal, OnExit = ExitBehavior.Abandon });
        return this;
    }

    /// <summary>Requests per second that were answered between two times.</summary>
    public double Throughput(double from, double to, int requestClass = 0) => Within(from, to, requestClass).Count() / (to - from);

    /// <summary>Requests per second that were answered between two times while the client still waited.</summary>
    public double InTime(double from, double to) => Within(from, to, 0).Count(answer => answer.Took <= Patience) / (to - from);

    /// <summary>The 90th percentile of the response time of those answered between two times, in seconds.</summary>
    public double Response(double from, double to, int requestClass = 0) => Percentile([.. Within(from, to, requestClass).Select(answer => answer.Took.TotalSeconds)]);

    /// <summary>Requests that were refused between two times.</summary>
    public int Refused(double from, double to) => Refusals.Count(at => at.TotalSeconds >= from && at.TotalSeconds < to);

    /// <summary>Jain's index over the answers per client: 1 when all have as many, 1/n when one has all.</summary>
    public double Fairness(double from, double to)
    {
        double[] counts = new double[Clients];
        foreach (var answer in Within(from, to, 0))
            counts[answer.Client]++;
        double sum = counts.Sum();
        return sum * sum / (Clients * counts.Sum(count => count * count));
    }

    private IEnumerable<Answer> Within(double from, double to, int requestClass) =>
        Answers.Where(answer => answer.Class == requestClass && answer.At.TotalSeconds >= from && answer.At.TotalSeconds < to);

    private static double Percentile(double[] times)
    {
        Array.Sort(times);
        return times.Length == 0 ? double.NaN : times[(int)(0.9 * times.Length)];
    }

    [Tamed] private partial void Play(Event done);

    private void PlayBody(Event done)
    {
        ITrialStage stage = _stage = options.ThreadPool is null ? new LoopStage(options) : IsReal ? new ThreadStage(options) : new SimulatedStage(options);
        Watch(Event.Detached);
        double due = 0;
        while (stage.Now < length)
        {
            double pause = -Math.Log(1 - _random.NextDouble()) / load(stage.Now);
            due += pause;
            if (IsReal)
                pause = Math.Max(0, due - stage.Now.TotalSeconds);      // a timer is late in real time, and the next request is due all the same
            twait(e => timer(TimeSpan.FromSeconds(pause), e));
            _offered++;
            int requestClass = _random.NextDouble() < FirstClass ? 0 : 1;
            if (!stage.TryEnqueue(requestClass, _random.Next(Clients)))
                Refusals.Add(stage.Now);
        }
        done.Trigger();
    }

    [Tamed] private partial void Watch(Event done);

    private void WatchBody(Event done)
    {
        int offered = 0, answered = 0;
        while (true)
        {
            twait(e => timer(Interval, e));
            double seconds = Interval.TotalSeconds;
            var latest = Answers.Skip(answered).Select(answer => answer.Took.TotalSeconds).ToArray();
            int inTime = latest.Count(took => took <= Patience.TotalSeconds);
            _moments.Add(new Moment(_stage!.Now.TotalSeconds, (_offered - offered) / seconds, latest.Length / seconds, inTime / seconds, Percentile(latest))
            {
                Threads = _stage.Threads,
                BatchSize = _stage.BatchSize,
                QueueLength = _stage.QueueLength,
                Rate = options.Admission is OverloadController controller ? controller.Rate(0) : 0,
            });
            (offered, answered) = (_offered, Answers.Count);
        }
    }
}
