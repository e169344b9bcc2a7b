namespace Tame.Stages;

/// <summary>Calls the handler of a stage on one thread of the stage's pool.</summary>
internal sealed class ThreadRunner<T> : Runner<T>
{
    private readonly ThreadCrew<T> _crew;
    private readonly object _sleep = new();
    private bool _isWoken;
    private Lingering _lingering;
    private readonly StageBatch<T> _batch = new();

    /// <summary>Entries that were begun while offers waited, since these were last let in.</summary>
    private int _owed;

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
        lock (_sleep)
        {
            while (!_isWoken)
                Monitor.Wait(_sleep);
            _isWoken = false;
        }
    }

    public override void CallEnded()
    {
    }

    private void Run()
    {
        do
        {
            if (Work.Plain is { } handler)
                CallAll(handler);
            else
                CallAllInBatches(Work.PlainBatch!);
            GiveAllRoom();
        }
        while (Lingers() || _crew.WaitForWork(this));
    }

    /// <summary>Checks for more work before it sleeps.</summary>
    private bool Lingers()
    {
        while (!_crew.HasTooMany && !Stage.IsStopping && _lingering.Look())
        {
            if (!Stage.HasQueued)
                continue;
            _lingering.Found();
            return true;
        }
        return false;
    }

    /// <summary>Lets in offers that wait once several places are free. If the handler blocks before that, the watch of the stage lets them in.</summary>
    private void GiveRoom(int places)
    {
        if (Stage.Waiting == 0)
            return;
        _owed += places;
        if (_owed >= Stage.MostOwed || !Stage.MayKeepRoom())
            GiveAllRoom();
    }

    private void GiveAllRoom()
    {
        _owed = 0;
        Stage.GiveRoom();
    }

    private void CallAll(Action<T> handler)
    {
        while (!_crew.HasTooMany && TryTake(out var entry))
        {
            GiveRoom(1);
            Exception? error = null;
            if (entry.Weight != 0)
                entry.Began = Stage.Clock.Now;
            try
            {
                handler(entry.Item);
            }
            catch (Exception caught)
            {
                error = caught;
            }
            Stage.Finish(this, entry, error);
        }
    }

    private void CallAllInBatches(Action<StageBatch<T>> handler)
    {
        while (!_crew.HasTooMany && TryTake(out var entry))
        {
            _batch.Add(entry);
            for (int most = Stage.BatchSize; _batch.Count < most && TryTake(out entry);)
                _batch.Add(entry);
            GiveRoom(_batch.Count);
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
