namespace Tame.Generator.Analysis.Paths;

/// <summary>
/// The facts that hold on every path to a point: a number for each fact, of which the least counts where paths meet (except for the last). The facts are: an
/// event settled (1), completed by the body (1), a site's event outstanding with other code (1), the least number of events that a rendezvous has outstanding,
/// and the greatest of those numbers on any path.
/// </summary>
internal sealed class PathState
{
    /// <summary>Less than any number of events that a body can add.</summary>
    private const int Unknown = -1_000_000;

    /// <summary>Creating an event in a cancelled rendezvous throws, so none is ever left.</summary>
    private const int Cancelled = -1_000;

    private readonly PathTable _table;
    private readonly int[] _facts;

    private PathState(PathTable table, int[] facts)
    {
        _table = table;
        _facts = facts;
    }

    private int Completed => _table.Holders.Count;

    private int Outstanding => 2 * _table.Holders.Count;

    private int Counts => Outstanding + _table.Sites.Count;

    private int Most => Counts + _table.Rendezvous.Count;

    /// <summary>At the start the parameters' events are unsettled. A local has no event yet.</summary>
    public static PathState AtStart(PathTable table, int parameters)
    {
        var state = new PathState(table, new int[2 * table.Holders.Count + table.Sites.Count + 2 * table.Rendezvous.Count]);
        for (var holder = parameters; holder < table.Holders.Count; holder++)
            state._facts[holder] = 1;
        return state;
    }

    public PathState Copy() => new(_table, (int[])_facts.Clone());

    /// <summary>Returns true if this changed anything.</summary>
    public bool Meet(PathState other)
    {
        var changed = false;
        for (var i = 0; i < _facts.Length; i++)
        {
            var (mine, others) = (_facts[i], other._facts[i]);
            if (others == mine || (i < Most ? others > mine : others < mine && others != Unknown) || (i >= Most && mine == Unknown))
                continue;
            _facts[i] = others;
            changed = true;
        }

        return changed;
    }

    public bool IsSettled(int holder) => _facts[holder] == 1;

    public bool IsCompleted(int holder) => _facts[Completed + holder] == 1;

    public bool IsOutstanding(MakeSite site) => _facts[Outstanding + site.Index] == 1;

    public int CountOf(int rendezvous) => _facts[Counts + rendezvous];

    /// <summary>The least number of events that a rendezvous has outstanding on the path where it is greatest. If a loop counts, on every path.</summary>
    public int MostOf(int rendezvous) => _table.IsLooped(rendezvous) ? CountOf(rendezvous) : _facts[Most + rendezvous];

    public void Take(PathStep step)
    {
        switch (step.Kind)
        {
            case PathStepKind.HandOn:
                _facts[step.Index] = 1;
                if (_table.SiteOf(step.Index) is { } given)
                    Give(given);
                break;
            case PathStepKind.Ask:
                _facts[step.Index] = 1;
                break;
            case PathStepKind.Complete:
                _facts[step.Index] = _facts[Completed + step.Index] = 1;
                if (_table.SiteOf(step.Index) is { } site)
                    Complete(site);
                break;
            case PathStepKind.Assign:
                _facts[step.Index] = _facts[Completed + step.Index] = 0;
                break;
            case PathStepKind.Forget:
                _facts[step.Index] = 1;
                _facts[Completed + step.Index] = 0;
                break;
            case PathStepKind.Make:
                Make(_table.Sites[step.Index]);
                break;
            case PathStepKind.EndBlock:
                LetGo(_ => true);
                break;
            case PathStepKind.Join:
                LetGo(_ => true);
                if (step.Index >= 0)
                    Join(step.Index);
                break;
            case PathStepKind.Cancel:
                LetGo(site => site.Rendezvous == step.Index);
                _facts[Counts + step.Index] = _facts[Most + step.Index] = Cancelled;
                break;
            case PathStepKind.Lose:
                LetGo(site => site.Rendezvous == step.Index);
                _facts[Counts + step.Index] = _facts[Most + step.Index] = Unknown;
                break;
        }
    }

    private void Make(MakeSite site)
    {
        if (site.Holder is null && !site.IsDropped && !site.IsCompleted)
            Give(site);
        if (site.Rendezvous is not { } rendezvous || site.IsCompleted)
            return;
        _facts[Counts + rendezvous]++;
        if (!_table.IsLooped(rendezvous))
            _facts[Most + rendezvous]++;
    }

    /// <summary>An event that may be joined or cancelled unseen by the body is never certain to be outstanding.</summary>
    private void Give(MakeSite site)
    {
        if (site.Block is not null || site.Rendezvous is not null)
            _facts[Outstanding + site.Index] = 1;
    }

    private void Complete(MakeSite site)
    {
        _facts[Outstanding + site.Index] = 0;
        if (site.Rendezvous is { } rendezvous)
            Join(rendezvous);
    }

    private void Join(int rendezvous)
    {
        if (_facts[Counts + rendezvous] > 0)
            _facts[Counts + rendezvous]--;
        if (_facts[Most + rendezvous] > 0)
            _facts[Most + rendezvous]--;
    }

    private void LetGo(Func<MakeSite, bool> which)
    {
        foreach (var site in _table.Sites)
        {
            if (which(site))
                _facts[Outstanding + site.Index] = 0;
        }
    }
}
