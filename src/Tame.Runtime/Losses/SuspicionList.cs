namespace Tame;

/// <summary>The suspected lifelines of a loop. On the loop's thread.</summary>
internal sealed class SuspicionList
{
    private const int Kept = 16;

    /// <summary>How many losses statistics show.</summary>
    private const int Shown = 32;
    private readonly List<Suspicion> _all = [];
    private int _room = Kept;

    /// <summary>How a suspicion is made; tests decide there when a lifeline is gone.</summary>
    internal Func<Lifeline, Suspicion> Make { get; set; } = static lifeline => new Suspicion(lifeline);

    /// <summary>Lifelines are suspected that no probe has looked for since.</summary>
    public bool HasNew { get; set; }

    /// <summary>How many events were lost. Any thread may read it.</summary>
    public long Lost { get; private set; }

    /// <summary>The last losses, the oldest first; replaced, not changed, so that any thread may read it.</summary>
    public IReadOnlyList<LostEventException> LastLosses { get; private set; } = [];

    public int Count => _all.Count(suspicion => !suspicion.IsOver);

    /// <summary>Watches a lifeline from now on. Only the lifeline may hold what is returned.</summary>
    public LossAlarm Add(Lifeline lifeline)
    {
        if (_all.Count == _room)
            Sweep();
        var suspicion = Make(lifeline);
        _all.Add(suspicion);
        HasNew = true;
        return new LossAlarm(lifeline.Loop, suspicion);
    }

    /// <summary>Reports what is lost, in the order in which the events were made: all lifelines that one collection found are gone at once.</summary>
    public void Report(EventLoop loop)
    {
        var gone = _all.Where(suspicion => !suspicion.IsOver && suspicion.IsLifelineGone).OrderBy(suspicion => suspicion.FirstPending).ToList();
        foreach (var suspicion in gone)
        {
            suspicion.IsOver = true;
            loop.Pools.Lifelines.NoteGone();
            if (suspicion.FirstPending == 0)
                continue;
            Note(suspicion.Lose());
            loop.Calls.NoteChange();
            loop.DrainChain();
        }
        Sweep();
    }

    /// <summary>Some were in reach of finalizers only, so that a further collection may show their loss. Forgets it.</summary>
    public bool AreOfFinalizers()
    {
        bool any = false;
        foreach (var suspicion in _all)
        {
            any |= suspicion is { IsOver: false, IsOfFinalizers: true };
            suspicion.IsOfFinalizers = false;
        }
        return any;
    }

    private void Note(LostEventException? loss)
    {
        if (loss is null)
            return;
        Lost += loss.Count;
        LastLosses = [.. LastLosses.TakeLast(Shown - 1), loss];
    }

    private void Sweep()
    {
        _all.RemoveAll(suspicion => suspicion.IsOver);
        _room = Math.Max(Kept, 2 * _all.Count);
    }
}
