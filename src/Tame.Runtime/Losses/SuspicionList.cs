namespace Tame;

/// <summary>The suspected lifelines of a loop. Use it on the loop's thread.</summary>
internal sealed class SuspicionList
{
    private const int Kept = 16;

    /// <summary>The number of losses that statistics show.</summary>
    private const int Shown = 32;

    /// <summary>The list of loops in which no lifeline has been suspected. It stays empty, so that any thread may read it.</summary>
    private static readonly List<Suspicion> s_none = [];
    private List<Suspicion> _all = s_none;
    private int _room = Kept;

    /// <summary>Creates a suspicion. Tests replace it to decide when a lifeline's memory is reclaimed.</summary>
    internal Func<Lifeline, Suspicion> Make { get; set; } = static lifeline => new Suspicion(lifeline);

    /// <summary>Whether a lifeline has become suspected since the last look.</summary>
    public bool HasNew { get; set; }

    /// <summary>The number of lost events. Any thread may read it.</summary>
    public long Lost { get; private set; }

    /// <summary>The last losses, the oldest first. The list is replaced, never changed, so that any thread may read it.</summary>
    public IReadOnlyList<LostEventException> LastLosses { get; private set; } = [];

    public int Count => _all.Count(suspicion => !suspicion.IsOver);

    /// <summary>Begins to watch a lifeline. Only the lifeline may refer to the returned alarm.</summary>
    public LossAlarm Add(Lifeline lifeline)
    {
        if (_all.Count == _room)
            Sweep();
        var suspicion = Make(lifeline);
        if (ReferenceEquals(_all, s_none))
            _all = [];
        _all.Add(suspicion);
        HasNew = true;
        return new LossAlarm(lifeline.Loop, suspicion);
    }

    /// <summary>
    /// Reports lost events in the order in which they were created. All lifelines that one collection found are reclaimed at the same time.
    /// </summary>
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

    /// <summary>Whether only finalizers could reach some lifelines, so that a further collection may show that they are lost. Resets the marks.</summary>
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
