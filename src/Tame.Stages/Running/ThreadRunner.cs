namespace Tame.Stages;

/// <summary>Calls the handler of a stage on one thread of the stage's pool.</summary>
internal sealed class ThreadRunner<T> : Runner<T>
{
    private const int Spins = 30;
    private readonly ThreadCrew<T> _crew;
    private readonly object _sleep = new();
    private bool _isWoken;
    private readonly StageBatch<T> _batch = new();

    public ThreadRunner(Stage<T> stage, ThreadCrew<T> crew)
        : base(stage) => _crew = crew;

    /// <summary>When it began to be idle. Guarded by the stage's lock.</summary>
    public long IdleSince { get; set; }

    public void Start(int number) =>
        new Thread(Run) { IsBackground = true, Name = $"{Stage.Name} {number}" }.Start();

    public void Wake()
    {
        lock (_sleep)
        {
            _isWoken = true;
            Monitor.Pulse(_sleep);
        }
    }

    /// <summary>Waits until <see cref="Wake"/>.</summary>
    public void Sleep()
    {
        var spinner = new SpinWait();
        for (int i = 0; i < Spins && !Volatile.Read(ref _isWoken); i++)
            spinner.SpinOnce(sleep1Threshold: -1);
        lock (_sleep)
        {
            while (!_isWoken)
                Monitor.Wait(_sleep);
            _isWoken = false;
        }
    }

    public override void CallEnded(long now)
    {
    }

    private void Run()
    {
        do
        {
            if (Stage.Work.Plain is { } handler)
                CallAll(handler);
            else
                CallAllInBatches(Stage.Work.PlainBatch!);
        }
        while (_crew.WaitForWork(this));
    }

    private void CallAll(Action<T> handler)
    {
        long began = Stage.Clock.Now;
        while (!_crew.HasTooMany && TryTake(out var entry))
        {
            Exception? error = null;
            entry.Began = began;
            try
            {
                handler(entry.Item);
            }
            catch (Exception caught)
            {
                error = caught;
            }
            began = Stage.Finish(this, entry, error);
        }
    }

    private void CallAllInBatches(Action<StageBatch<T>> handler)
    {
        while (!_crew.HasTooMany && TryTake(out var entry))
        {
            _batch.Add(entry);
            for (int most = Stage.BatchSize; _batch.Count < most && TryTake(out entry);)
                _batch.Add(entry);
            _batch.Open(Stage, Stage.Clock.Now);
            Exception? error = null;
            try
            {
                handler(_batch);
            }
            catch (Exception caught)
            {
                error = caught;
            }
            Stage.FinishBatch(this, _batch, error);
        }
    }
}
