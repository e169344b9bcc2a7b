namespace Tame.Runtime.Tests.Model;

/// <summary>The steps, in terms of the reference's rules.</summary>
internal sealed partial class Reference : Subject
{
    private readonly bool _settles;

    /// <summary>Makes an empty reference.</summary>
    /// <param name="settles">Whether a pass continues until nothing is left to do.</param>
    public Reference(bool settles = false) => _settles = settles;

    protected override int Events => _events.Count;

    protected override int Rendezvous => _rendezvous.Count;

    /// <summary>The sequence in words, with the results of its steps.</summary>
    public static string Narrate(Step[] steps, bool settles)
    {
        var reference = new Reference(settles);
        var lines = new List<string>();
        for (int i = 0; i < steps.Length; i++)
        {
            int logged = reference.Log.Count;
            lines.Add($"{i,3}: {reference.Describe(steps[i])} -> {reference.Do(i, steps[i])}");
            while (settles && reference.FindLoss() is >= 0 and var lost)
            {
                lines.Add($"       lost: e{lost}");
                reference.LoseAndPass(lost);
            }
            lines.AddRange(reference.Log.Skip(logged).Select(line => $"       {line}"));
        }
        return "\n" + string.Join('\n', lines);
    }

    public override void Observe(List<int> state)
    {
        foreach (var e in _events)
            state.Add(e.IsPending && e.IsInHand ? 1 : 0);
        foreach (var r in _rendezvous)
            state.AddRange([r.Waiting.Count, r.Ready.Count, r.IsCancelled ? 1 : 0]);
        state.AddRange(Values);
        state.Add(_calls.Count(call => call.IsBlocked));
    }

    protected override string Make(int rendezvous, int id, int slot)
    {
        if (_rendezvous[rendezvous].IsCancelled)
            return "disposed";
        Add(new Occurrence(_rendezvous[rendezvous], id, value => Values[slot] = value));
        return "made";
    }

    protected override bool Trigger(int e, int value) => Complete(Find(e), value, null);

    protected override bool Unblock(int e) => Complete(Find(e), null, null);

    protected override bool Fail(int e, Exception error) => Complete(Find(e), null, Alone(error));

    protected override string AtTrigger(int e, int other)
    {
        if (Find(e) is { IsPending: true } pending)
            pending.AtTriggers.Add(Find(other));
        else
            Complete(Find(other), null, null);
        return "";
    }

    protected override string Cancel(int rendezvous)
    {
        CancelAndWake(_rendezvous[rendezvous]);
        return "";
    }

    protected override string NewRendezvous()
    {
        _rendezvous.Add(new Set(isBlock: false));
        return "";
    }

    protected override string TryJoin(int rendezvous, bool throws)
    {
        var set = _rendezvous[rendezvous];
        if (set.IsCancelled)
            return "throws cancelled";
        if (set.Ready.Count == 0)
            return "nothing is ready";
        var e = set.Ready[0];
        set.Ready.RemoveAt(0);
        var error = Arrived(e.Failure);
        return error is not null && throws ? $"throws {Name(error)}" : $"{e.Id} with {Name(error)}";
    }

    protected override string Join(int rendezvous, int done, JoinForm form, int times)
    {
        var call = new Waiter(_calls.Count, Find(done), null);
        return Start(call, JoinBody(call, _rendezvous[rendezvous], form, times));
    }

    protected override string Blocks(BlockShape shape, int done, int result)
    {
        var call = new Waiter(_calls.Count, Find(done), Find(result));
        return Start(call, BlocksBody(call, shape));
    }

    protected override string Timer(int e, int milliseconds, bool fails)
    {
        if (Find(e) is not { IsPending: true } pending)
            return "";
        long due = _time + milliseconds;
        int place = _timers.FindIndex(timer => timer.Due > due);
        _timers.Insert(place < 0 ? _timers.Count : place, (due, pending, fails));
        return "";
    }

    protected override string Asap(int e)
    {
        _asap.Add(Find(e));
        return "";
    }

    protected override bool Pass()
    {
        bool ran = PassOnce();
        while (_settles && PassOnce())
            ;
        return ran && !_settles;
    }

    private Occurrence? Find(int e) => e >= 0 && _events[e].IsInHand ? _events[e] : null;
}
