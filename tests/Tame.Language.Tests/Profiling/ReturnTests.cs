namespace Tame.Language.Tests.Profiling;

/// <summary>What counts as the end of a call, and what only wakes another.</summary>
public sealed partial class ReturnTests
{
    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(10);

    /// <summary>The first worker wakes the second by a mutex, in the stretch in which it ends: that is no return.</summary>
    [Fact]
    public void A_lock_that_is_given_back_is_no_return()
    {
        var lines = Edges.Lines(Edges.Of(Workers));
        Assert.Contains("Worker 1 -> Worker 2, continue: 2", lines);
        Assert.Equal(["Worker end -> Workers 1, return: 1"], lines.Where(line => line.Contains("return", StringComparison.Ordinal)));
    }

    [Tamed] private static partial void Workers(Event done);

    private static void WorkersBody(Event done)
    {
        var gate = new Gate();
        using (twait())
        {
            Worker(gate, mkevent());
            Worker(gate, mkevent());
        }

        done.Trigger();
    }

    [Tamed] private static partial void Worker(Gate gate, Event done);

    private static void WorkerBody(Gate gate, Event done)
    {
        twait(e => gate.Enter(e));
        twait(e => timer(s_step, e));
        done.Trigger();
        gate.Leave();
    }

    /// <summary>With rendezvous the same: the second waits in one of its own.</summary>
    [Fact]
    public void Nor_where_the_waits_are_joins()
    {
        var lines = Edges.Lines(Edges.Of(Joiners));
        Assert.Equal(["Joiner end -> Joiners 1, return: 1", "Joiner end -> Joiners 2, return: 1"], lines.Where(line => line.Contains("return", StringComparison.Ordinal)));
    }

    [Tamed] private static partial void Joiners(Event done);

    private static void JoinersBody(Event done)
    {
        var gate = new Gate();
        var r = new Rendezvous();
        Joiner(gate, mkevent(r));
        Joiner(gate, mkevent(r));
        twait(r);
        twait(r);
        done.Trigger();
    }

    [Tamed] private static partial void Joiner(Gate gate, Event done);

    private static void JoinerBody(Gate gate, Event done)
    {
        var entered = new Rendezvous();
        gate.Enter(mkevent(entered));
        twait(entered);
        twait(e => timer(s_step, e));
        gate.Leave();
        done.Trigger();
    }

    [Fact]
    public void An_end_through_an_adapter_is_one()
    {
        var lines = Edges.Lines(Edges.Of(Adapting));
        Assert.Equal(
            ["Answer end -> Adapting 1, return: 1", "Answer end -> Adapting 2, return: 1", "Answer end -> Adapting 3, return: 1"],
            lines.Where(line => line.Contains("return", StringComparison.Ordinal)));
    }

    [Tamed] private static partial void Adapting(Event done);

    private static void AdaptingBody(Event done)
    {
        using (twait()) Answer(mkevent(out string _).Map((int number) => $"{number}"));
        var r = new Rendezvous();
        Answer(mkevent(r, out string _).Map((int number) => $"{number}"));
        twait(r);
        using (twait()) Answer(mkevent(out int _).WithTimeout(TimeSpan.FromHours(1)));
        done.Trigger();
    }

    [Tamed] private static partial void Answer(Event<int> done);

    private static void AnswerBody(Event<int> done)
    {
        twait(e => timer(s_step, e));
        done.Trigger(42);
    }

    /// <summary>What answers without a wait ends no wait: its caller goes on in the same stretch.</summary>
    [Fact]
    public void A_call_that_does_not_block_ends_no_wait() => Assert.Equal(
        ["Asking entry -> Asking end, continue: 1", "Asking entry -> Swift entry, call: 3", "Swift entry -> Swift end, continue: 3"],
        Edges.Lines(Edges.Of(Asking)));

    [Tamed] private static partial void Asking(Event done);

    private static void AskingBody(Event done)
    {
        for (var i = 0; i < 3; i++) twait(e => Swift(e));
        done.Trigger();
    }

    /// <summary>The lambda makes it need its closure from the start.</summary>
    [Tamed] private static partial void Swift(Event done);

    private static void SwiftBody(Event done)
    {
        var count = 0;
        var add = () => count++;
        add();
        if (count == 2) twait(e => timer(s_step, e));
        done.Trigger();
    }

    /// <summary>Every second request is answered on the stack.</summary>
    [Fact]
    public void A_call_without_a_closure_is_of_its_callers_stretch() => Assert.Equal(
        [
            "Cached entry -> Cached 2, continue: 2",
            "Cached 2 -> Cached end, continue: 2",
            "Cached end -> Looking 1, return: 2",
            "Looking entry -> Cached entry, call: 1",
            "Looking entry -> Looking 1, continue: 1",
            "Looking 1 -> Cached entry, call: 1",
            "Looking 1 -> Looking 1, continue: 1",
            "Looking 1 -> Looking end, continue: 1",
        ],
        Edges.Lines(Edges.Of(Looking)));

    [Tamed] private static partial void Looking(Event done);

    private static void LookingBody(Event done)
    {
        for (var i = 0; i < 4; i++) twait(e => Cached(i % 2 == 1, e));
        done.Trigger();
    }

    [Tamed] private static partial void Cached(bool isThere, Event done);

    private static void CachedBody(bool isThere, Event done)
    {
        if (isThere)
        {
            done.Trigger();
            return;
        }

        twait(e => timer(s_step, e));
        done.Trigger();
    }

    /// <summary>A lock of one permit: who comes second gets the event of who leaves.</summary>
    private sealed class Gate
    {
        private readonly Queue<Event> _waiting = new();
        private bool _isTaken;

        public void Enter(Event entered)
        {
            if (_isTaken) _waiting.Enqueue(entered);
            else asap(entered);
            _isTaken = true;
        }

        public void Leave()
        {
            if (_waiting.TryDequeue(out var next)) next.Trigger();
            else _isTaken = false;
        }
    }
}
