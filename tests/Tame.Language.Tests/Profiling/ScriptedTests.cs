namespace Tame.Language.Tests.Profiling;

/// <summary>Scripted loads: each edge of the blocking graph counts exactly what the code must have done.</summary>
public sealed partial class ScriptedTests
{
    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(10);

    [Fact]
    public void A_server_of_one_request_after_the_other() => Assert.Equal(
        [
            "Handle entry -> Handle 1, continue: 5",
            "Handle 1 -> Handle 2, continue: 3",
            "Handle 1 -> Handle end, continue: 2",
            "Handle 2 -> Handle end, continue: 3",
            "Handle end -> Serve 1, return: 5",
            "Serve entry -> Handle entry, call: 1",
            "Serve entry -> Serve 1, continue: 1",
            "Serve 1 -> Handle entry, call: 4",
            "Serve 1 -> Serve 1, continue: 4",
            "Serve 1 -> Serve end, continue: 1",
        ],
        Edges.Lines(Edges.Of(Serve)));

    [Tamed] private static partial void Serve(Event done);

    private static void ServeBody(Event done)
    {
        for (var i = 0; i < 5; i++) twait(e => Handle(i, e), out int _);
        done.Trigger();
    }

    /// <summary>Reads, and writes an answer to every even request.</summary>
    [Tamed] private static partial void Handle(int request, Event<int> done);

    private static void HandleBody(int request, Event<int> done)
    {
        twait(e => timer(s_step, e));
        if (request % 2 == 0) twait(e => timer(s_step, e));
        done.Trigger(request);
    }

    /// <summary>The block ends when the slowest call does; only that call's end leads back to it.</summary>
    [Fact]
    public void A_block_of_several_calls_is_ended_by_the_last() => Assert.Equal(
        [
            "Both entry -> Both 1, continue: 1",
            "Both entry -> Handle entry, call: 2",
            "Both 1 -> Both end, continue: 1",
            "Handle entry -> Handle 1, continue: 2",
            "Handle 1 -> Handle 2, continue: 1",
            "Handle 1 -> Handle end, continue: 1",
            "Handle 2 -> Handle end, continue: 1",
            "Handle end -> Both 1, return: 1",
        ],
        Edges.Lines(Edges.Of(Both)));

    [Tamed] private static partial void Both(Event done);

    private static void BothBody(Event done)
    {
        using (twait())
        {
            Handle(1, mkevent(out int _));
            Handle(2, mkevent(out int _));
        }

        done.Trigger();
    }

    /// <summary>
    /// Four requests, two at a time, by a rendezvous. They end after 20, 10, 30 and 30 ms: the last two in one batch, so that the fourth ends no wait.
    /// </summary>
    [Fact]
    public void A_window_of_calls() => Assert.Equal(
        [
            "Handle entry -> Handle 1, continue: 4",
            "Handle 1 -> Handle 2, continue: 2",
            "Handle 1 -> Handle end, continue: 2",
            "Handle 2 -> Handle end, continue: 2",
            "Handle end -> Window 1, return: 3",
            "Window entry -> Handle entry, call: 2",
            "Window entry -> Window 1, continue: 1",
            "Window 1 -> Handle entry, call: 2",
            "Window 1 -> Window 1, continue: 2",
            "Window 1 -> Window end, continue: 1",
        ],
        Edges.Lines(Edges.Of(Window)));

    [Tamed] private static partial void Window(Event done);

    private static void WindowBody(Event done)
    {
        var r = new Rendezvous<int>();
        int sent = 0, received = 0;
        while (received < 4)
        {
            if (sent < 4 && sent - received < 2)
            {
                Handle(sent, mkevent(r, sent, out int _));
                sent++;
                continue;
            }

            twait(r, out int _);
            received++;
        }

        done.Trigger();
    }

    [Fact]
    public void A_recursion() => Assert.Equal(
        [
            "Descend entry -> Descend entry, call: 9",
            "Descend entry -> Descend 1, continue: 1",
            "Descend entry -> Descend 2, continue: 9",
            "Descend 1 -> Descend end, continue: 1",
            "Descend 2 -> Descend end, continue: 9",
            "Descend end -> Descend 2, return: 9",
        ],
        Edges.Lines(Edges.Of(done => Descend(9, done))));

    [Tamed] private static partial void Descend(int depth, Event done);

    private static void DescendBody(int depth, Event done)
    {
        if (depth == 0) twait(e => timer(s_step, e));
        else twait(e => Descend(depth - 1, e));
        done.Trigger();
    }

    [Fact]
    public void Calls_that_end_by_exceptions() => Assert.Equal(
        [
            "Catching entry -> Catching 1, continue: 1",
            "Catching entry -> Failing entry, call: 1",
            "Catching 1 -> Catching 1, continue: 2",
            "Catching 1 -> Catching end, continue: 1",
            "Catching 1 -> Failing entry, call: 2",
            "Failing entry -> Failing 1, continue: 3",
            "Failing 1 -> Failing end, continue: 3",
            "Failing end -> Catching 1, return: 3",
        ],
        Edges.Lines(Edges.Of(Catching)));

    [Tamed] private static partial void Catching(Event done);

    private static void CatchingBody(Event done)
    {
        for (var i = 0; i < 3; i++)
        {
            try
            {
                twait(e => Failing(e));
            }
            catch (FormatException)
            {
            }
        }

        done.Trigger();
    }

    [Tamed] private static partial void Failing(Event done);

    private static void FailingBody(Event done)
    {
        twait(e => timer(s_step, e));
        throw new FormatException();
    }

    [Fact]
    public void The_graphs_of_two_loops_are_joined()
    {
        BlockingGraph one = null!, other = null!;
        Thread[] threads = [new(() => one = Edges.Of(Serve)), new(() => other = Edges.Of(Both))];
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();
        Assert.Equal(
            [
                "Both entry -> Both 1, continue: 1",
                "Both entry -> Handle entry, call: 2",
                "Both 1 -> Both end, continue: 1",
                "Handle entry -> Handle 1, continue: 7",
                "Handle 1 -> Handle 2, continue: 4",
                "Handle 1 -> Handle end, continue: 3",
                "Handle 2 -> Handle end, continue: 4",
                "Handle end -> Both 1, return: 1",
                "Handle end -> Serve 1, return: 5",
                "Serve entry -> Handle entry, call: 1",
                "Serve entry -> Serve 1, continue: 1",
                "Serve 1 -> Handle entry, call: 4",
                "Serve 1 -> Serve 1, continue: 4",
                "Serve 1 -> Serve end, continue: 1",
            ],
            Edges.Lines(BlockingGraph.Merge(one, other)));
    }

    /// <summary>The event of a call goes to the call that it ends with: the end of that one leads back.</summary>
    [Fact]
    public void An_event_that_is_handed_on() => Assert.Equal(
        [
            "Handing entry -> Handing 1, continue: 1",
            "Handing 1 -> Handing end, continue: 1",
            "Handing 1 -> Last entry, call: 1",
            "Last entry -> Last 1, continue: 1",
            "Last 1 -> Last end, continue: 1",
            "Last end -> Waiting 1, return: 1",
            "Waiting entry -> Handing entry, call: 1",
            "Waiting entry -> Waiting 1, continue: 1",
            "Waiting 1 -> Waiting end, continue: 1",
        ],
        Edges.Lines(Edges.Of(Waiting)));

    [Tamed] private static partial void Waiting(Event done);

    private static void WaitingBody(Event done)
    {
        twait(e => Handing(e));
        done.Trigger();
    }

    [Tamed] private static partial void Handing(Event done);

    private static void HandingBody(Event done)
    {
        twait(e => timer(s_step, e));
        Last(done);
    }

    [Tamed] private static partial void Last(Event done);

    private static void LastBody(Event done)
    {
        twait(e => timer(s_step, e));
        done.Trigger();
    }
}
