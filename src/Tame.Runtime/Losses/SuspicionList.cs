namespace Tame;

/// <summary>The suspected tokens of a loop. On the loop's thread.</summary>
internal sealed class SuspicionList
{
    private const int Kept = 16;
    private readonly List<Suspicion> _all = [];
    private int _room = Kept;

    /// <summary>How a suspicion is made; tests decide there when a token is gone.</summary>
    internal Func<Token, Suspicion> Make { get; set; } = static token => new Suspicion(token);

    /// <summary>Tokens are suspected that no probe has looked for since.</summary>
    public bool HasNew { get; set; }

    public int Count => _all.Count(suspicion => !suspicion.IsOver);

    /// <summary>Watches a token from now on. Only the token may hold what is returned.</summary>
    public LossAlarm Add(Token token)
    {
        if (_all.Count == _room)
            Sweep();
        var suspicion = Make(token);
        _all.Add(suspicion);
        HasNew = true;
        return new LossAlarm(token.Loop, suspicion);
    }

    /// <summary>Reports what is lost, in the order in which the events were made: all tokens that one collection found are gone at once.</summary>
    public void Report(EventLoop loop)
    {
        var gone = _all.Where(suspicion => !suspicion.IsOver && suspicion.IsTokenGone).OrderBy(suspicion => suspicion.FirstPending).ToList();
        foreach (var suspicion in gone)
        {
            suspicion.IsOver = true;
            loop.Tokens.Forget();
            if (suspicion.FirstPending == 0)
                continue;
            suspicion.Lose();
            loop.CountLoss();
            loop.DrainChain();
        }
        Sweep();
    }

    private void Sweep()
    {
        _all.RemoveAll(suspicion => suspicion.IsOver);
        _room = Math.Max(Kept, 2 * _all.Count);
    }
}
