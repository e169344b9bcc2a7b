using static Tame.Primitives;

namespace Tame.Stages;

/// <summary>Calls the handler of a stage on one loop.</summary>
internal sealed partial class LoopRunner<T> : Runner<T>
{
    /// <summary>The number of calls in a turn of the loop, so that other work gets its turn.</summary>
    private const int CallsPerTurn = 64;

    private readonly Turn _turn;
    private readonly Ending _ending;
    private readonly Stack<StageBatch<T>> _batches = new();
    private TurnFlag<RealMemory> _flag;
    private LoopRunnerState _own;

    /// <summary>Other threads have added entries since the loop last had no work.</summary>
    private volatile bool _isFed;

    public LoopRunner(Stage<T> stage, EventLoop loop)
        : base(stage)
    {
        Loop = loop;
        _turn = new Turn(this);
        _ending = new Ending(this);
    }

    public EventLoop Loop { get; }

    /// <summary>Calls that are running here. On the loop's thread.</summary>
    public int Active => _own.Active;

    /// <summary>The loop is ending: its calls clean up, and no other call begins.</summary>
    public bool IsEnding => Loop.OwnCancellations is not null;

    public bool IsScheduled => _flag.IsSet;

    /// <summary>Listens to the end of the loop.</summary>
    public void Start()
    {
        if (LoopThread.HasEntered(Loop))
            _ending.Listen();
        else if (!Loop.Send(new Registration(_ending, listens: true)))
            Stage.LoopEnded(this);
    }

    /// <summary>The stage has ended.</summary>
    public void End()
    {
        if (LoopThread.HasEntered(Loop))
            _ending.StopListening();
        else
            Loop.Send(new Registration(_ending, listens: false));
    }

    /// <summary>Schedules <see cref="TakeTurn"/> in a turn of the loop. Any thread.</summary>
    public void Schedule()
    {
        if (_flag.TrySet())
            Post();
    }

    private void Post()
    {
        if (!LoopThread.HasEntered(Loop))
            _isFed = true;
        Loop.TryPost(_turn);
    }

    /// <summary>Makes a call on the caller's stack. The caller has taken the right to it.</summary>
    public void RunHere(ref Entry<T> entry)
    {
        Measures.Direct++;
        entry.Began = entry.Arrived;
        bool outer = _own.IsInDrain;
        _own.IsInDrain = false;
        _own.Active++;
        if (entry.IsBare)
            CallBare(entry.Item);
        else
            Call(entry);
        _own.IsInDrain = outer;
    }

    public override void CallEnded()
    {
        _own.Active--;
        if (_own.IsInDrain)
        {
            _own.IsInDrain = false;
            return;
        }
        Stage.EndSlot();
        if (Stage.HasQueued)
            Schedule();
    }

    /// <summary>A turn of the loop: makes calls, and returns what the next turn is for.</summary>
    private void TakeTurn()
    {
        if (IsEnding)
        {
            _flag.Clear();
            Stage.LoopEnded(this);
            return;
        }
        bool isCut = Drain(out bool anyGoesOn);
        bool mayLinger = !isCut && _isFed && Stage.HasSlot && Loop.ReadyLength == 0;
        if (isCut || mayLinger)
            GiveRoom(isCut && !anyGoesOn);
        if (isCut || mayLinger && _own.Lingering.Look())
        {
            Loop.AddReady(_turn);
            return;
        }
        _isFed = false;
        if (_flag.End(new LastLook(this)))
            Post();
    }

    /// <summary>Makes calls while there are entries, and rights to a call. A call that ends at once passes its right to the next call.</summary>
    /// <param name="anyGoesOn">Whether a call has not ended at once.</param>
    /// <returns>True when the turn has lasted long enough, and there may be more.</returns>
    private bool Drain(out bool anyGoesOn)
    {
        bool hasSlot = false;
        anyGoesOn = false;
        for (int left = CallsPerTurn; left > 0; left--)
        {
            if (!hasSlot && !Stage.TryBegin())
                return false;
            if (!(Work.TamedBatch is null ? CallNext() : CallNextBatch()))
            {
                Stage.EndSlot();
                return false;
            }
            _own.Lingering.Found();
            hasSlot = !_own.IsInDrain;
            anyGoesOn |= _own.IsInDrain;
            _own.IsInDrain = false;
        }
        if (hasSlot)
            Stage.EndSlot();
        return true;
    }

    /// <summary>
    /// Lets in offers that wait. While calls end at once, it waits until several places are free, so that the loop of an offer wakes once for many items. A call that continues may need what another offer brings,
    /// so then it does not wait.
    /// </summary>
    private void GiveRoom(bool mayWait)
    {
        if (mayWait && _own.Owed < Stage.MostOwed)
            return;
        _own.Owed = 0;
        Stage.GiveRoom();
    }

    private bool CallNext()
    {
        if (!TryTake(out var entry))
            return false;
        _own.Owed++;
        if (entry.Weight != 0)
            entry.Began = Stage.Clock.Now;
        _own.IsInDrain = true;
        _own.Active++;
        if (entry.IsBare)
            CallBare(entry.Item);
        else
            Call(entry);
        return true;
    }

    private bool CallNextBatch()
    {
        if (!TryTake(out var entry))
            return false;
        var batch = _batches.TryPop(out var free) ? free : new StageBatch<T>();
        int most = Stage.BatchSize;
        batch.Add(entry);
        while (batch.Count < most && TryTake(out entry))
            batch.Add(entry);
        _own.Owed += batch.Count;
        batch.Open(Stage, Stage.Clock.Now);
        _own.IsInDrain = true;
        _own.Active++;
        CallBatch(batch);
        return true;
    }

    [Tamed]
    private partial void Call(Entry<T> entry);

    private void CallBody(Entry<T> entry)
    {
        Exception? error = null;
        try
        {
            using (twait())
                Work.Tamed!(entry.Item, mkevent());
        }
        catch (Exception caught)
        {
            error = caught;
        }
        Stage.Finish(this, entry, error);
    }

    /// <summary>Like <see cref="Call"/>, for an entry that consists of only an item: there is less to keep during the call.</summary>
    [Tamed]
    private partial void CallBare(T item);

    private void CallBareBody(T item)
    {
        Exception? error = null;
        try
        {
            using (twait())
                Work.Tamed!(item, mkevent());
        }
        catch (Exception caught)
        {
            error = caught;
        }
        Stage.Finish(this, new Entry<T>(item, default), error);
    }

    [Tamed]
    private partial void CallBatch(StageBatch<T> batch);

    private void CallBatchBody(StageBatch<T> batch)
    {
        Exception? error = null;
        try
        {
            using (twait())
                Work.TamedBatch!(batch, mkevent());
        }
        catch (Exception caught)
        {
            error = caught;
        }
        Stage.FinishBatch(this, batch, error);
        _batches.Push(batch);
    }

    /// <summary>What a turn does last: it lets offers in, and looks for entries that could begin.</summary>
    private readonly struct LastLook(LoopRunner<T> runner) : ITurnWork
    {
        /// <summary>An offer that has just begun to wait relies on the turn, as an entry does.</summary>
        public bool Any()
        {
            runner._own.Owed = 0;
            runner.Stage.GiveRoom();
            return runner.Stage.HasQueued && runner.Stage.HasSlot;
        }
    }

    /// <summary>A turn of the loop for the stage.</summary>
    private sealed class Turn(LoopRunner<T> runner) : Message
    {
        internal override void Arrive(EventLoop loop) => loop.AddReady(this);

        internal override void Run(EventLoop loop)
        {
            runner.TakeTurn();
            loop.Home.Return();
        }

        /// <summary><see cref="Ending"/> notifies the stage.</summary>
        internal override void Drop(EventLoop loop)
        {
        }
    }

    /// <summary>The loop ends.</summary>
    private sealed class Ending(LoopRunner<T> runner) : EndListener(runner.Loop)
    {
        private bool _isListening;

        public new void Listen()
        {
            base.Listen();
            _isListening = true;
        }

        public void StopListening()
        {
            if (_isListening)
                Stop();
            _isListening = false;
        }

        protected override void LoopEnds()
        {
            StopListening();
            runner.Stage.LoopEnded(runner);
        }
    }

    /// <summary>A message to the loop: the stage begins or ends to listen.</summary>
    private sealed class Registration(Ending ending, bool listens) : Message
    {
        internal override void Run(EventLoop loop)
        {
            if (listens)
                ending.Listen();
            else
                ending.StopListening();
        }

        internal override void Drop(EventLoop loop)
        {
        }
    }
}
