namespace Tame.Stages.Tests.Graphs;

public sealed partial class GraphTests
{
    [Fact]
    public void A_stage_without_a_consumer_is_refused() => InLoop(() =>
    {
        var graph = new StageGraph("web").Connect(Make("accept"), Make("parse"));
        Assert.Equal(
            "The stage 'parse' of the graph 'web' has no consumer. Call Connect with the stage that its handler sends to, or AddEnd if it sends nothing.",
            Assert.Throws<InvalidOperationException>(graph.Validate).Message);
    });

    [Fact]
    public void A_cycle_in_which_every_link_waits_is_refused_with_its_stages() => InLoop(() =>
    {
        Stage a = Make("a"), b = Make("b"), c = Make("c");
        var graph = new StageGraph("g").Connect(a, b).Connect(b, c).Connect(c, b);
        Assert.Contains("a cycle without a bound: b -> c -> b.", Assert.Throws<InvalidOperationException>(graph.Validate).Message, StringComparison.Ordinal);
    });

    [Fact]
    public void A_cycle_with_a_link_that_does_not_wait_is_accepted() => InLoop(() =>
    {
        Stage a = Make("a"), b = Make("b"), c = Make("c");
        new StageGraph("g").Connect(a, b).Connect(b, a, StageLink.Tries).Validate();
        new StageGraph("g").Connect(a, b).Connect(b, a, StageLink.Bounded(4)).Validate();
        var graph = new StageGraph("g").Connect(a, b).Connect(b, a, StageLink.Bounded(5)).Connect(b, c).AddEnd(c);
        Assert.Contains("is bounded by 5 items, and 'a' has room for 4", Assert.Throws<InvalidOperationException>(graph.Validate).Message, StringComparison.Ordinal);
    });

    [Fact]
    public void Two_stages_of_one_name_are_refused() => InLoop(() =>
        Assert.Contains("already has a stage 'a'", Assert.Throws<ArgumentException>(() => new StageGraph("g").Connect(Make("a"), Make("a"))).Message, StringComparison.Ordinal));

    [Fact]
    public void An_end_that_sends_is_refused() => InLoop(() =>
    {
        Stage a = Make("a"), b = Make("b");
        Assert.Contains("'a' of the graph 'g' is an end, but sends", Assert.Throws<InvalidOperationException>(new StageGraph("g").AddEnd(a).Connect(a, b).AddEnd(b).Validate).Message, StringComparison.Ordinal);
    });

    [Fact]
    public void An_empty_graph_is_refused() => Assert.Contains("has no stages", Assert.Throws<InvalidOperationException>(new StageGraph("g").Start).Message, StringComparison.Ordinal);

    [Fact]
    public void Stages_come_in_the_order_of_the_items() => InLoop(() =>
    {
        Stage a = Make("a"), b = Make("b"), c = Make("c"), d = Make("d");
        var graph = new StageGraph("g").AddEnd(d).Connect(c, d).Connect(a, c).Connect(a, b).Connect(b, c);
        Assert.Equal([a, b, c, d], graph.Stages);
        Assert.Equal(["a", "b", "c", "d"], graph.Statistics.Select(stage => stage.Name));
        Assert.Equal(4, graph.Connections.Count);
    });

    [Fact]
    public void Nothing_begins_before_the_graph_starts() => Loops.Run(Paused);

    [Fact]
    public void A_stop_lets_what_is_upstream_finish_first() => Loops.Run(Stopped);

    [Fact]
    public void At_the_deadline_all_hand_back_what_they_have() => Loops.Run(HandedBack);

    [Fact]
    public void A_graph_that_is_in_use_is_live_until_it_has_stopped() => InLoop(() =>
    {
        var graph = new StageGraph("g").AddEnd(Make("a"));
        Assert.Contains(graph, StageGraph.Live);
        Assert.True(graph.StopAsync(TimeSpan.Zero).Wait(Loops.Hang));
        Assert.DoesNotContain(graph, StageGraph.Live);
    });

    private static Stage<int> Make(string name) => Stage.OnLoop<int>(name, (_, done) => done.Trigger(), new() { Capacity = 4 });

    private static void InLoop(Action test) => Loops.Run(done =>
    {
        test();
        done.Trigger();
    });

    [Tamed]
    private static partial void Paused(Event done);

    private static void PausedBody(Event done)
    {
        var held = new Held();
        var last = Stage.OnLoop<int>("last", held.Handle, new() { IsPaused = true });
        var first = Stage.OnLoop<int>("first", (item, end) => Pass(item, last, end), new() { IsPaused = true });
        var plain = Stage.OnThreads<int>("plain", _ => { }, new() { IsPaused = true });
        var graph = new StageGraph("g").Connect(first, last).AddEnd(last).AddEnd(plain);
        first.TryEnqueue(1);
        plain.TryEnqueue(1);
        twait(e => timer(TimeSpan.FromSeconds(1), e));
        Assert.Equal((1, 1, 0), (first.Length, plain.Length, plain.Concurrency));
        graph.Start();
        twait(e => timer(TimeSpan.FromSeconds(1), e));
        Assert.Equal([1], held.Begun);
        Assert.Equal((0, 1), (plain.Length, plain.Concurrency));
        held.EndAll();
        twait(e => graph.Stop(Timeout.InfiniteTimeSpan, e));
        done.Trigger();
    }

    [Tamed]
    private static partial void Stopped(Event done);

    private static void StoppedBody(Event done)
    {
        var handled = new List<int>();
        var last = Stage.OnLoop<int>("last", (item, end) => Slow(item, handled, end));
        var first = Stage.OnLoop<int>("first", (item, end) => Pass(item, last, end));
        var graph = new StageGraph("g").AddEnd(last).Connect(first, last);
        for (int i = 1; i <= 4; i++)
            first.TryEnqueue(i);
        twait(e => graph.Stop(TimeSpan.FromSeconds(60), e));
        Assert.Equal([1, 2, 3, 4], handled);
        Assert.Equal(EnqueueOutcome.Stopping, last.TryEnqueue(5));
        done.Trigger();
    }

    [Tamed]
    private static partial void HandedBack(Event done);

    private static void HandedBackBody(Event done)
    {
        var handled = new List<int>();
        var last = Stage.OnLoop<int>("last", (item, end) => Slow(item, handled, end));
        var first = Stage.OnLoop<int>("first", (item, end) => Slow(item, [], end));
        var graph = new StageGraph("g").AddEnd(last).Connect(first, last);
        for (int i = 1; i <= 4; i++)
        {
            first.TryEnqueue(i);
            last.TryEnqueue(i);
        }
        twait(e => graph.Stop(TimeSpan.FromSeconds(1.5), e));
        Assert.Equal([3, 4], first.Left);
        Assert.Equal([3, 4], last.Left);
        Assert.Equal(TimeSpan.FromSeconds(1.5), EventLoop.Current!.TimeProvider.GetElapsedTime(0));
        done.Trigger();
    }

    [Tamed]
    private static partial void Pass(int item, Stage<int> next, Event done);

    private static void PassBody(int item, Stage<int> next, Event done)
    {
        twait(e => next.Enqueue(item, e), out EnqueueOutcome _);
        done.Trigger();
    }

    [Tamed]
    private static partial void Slow(int item, List<int> handled, Event done);

    private static void SlowBody(int item, List<int> handled, Event done)
    {
        twait(e => timer(TimeSpan.FromSeconds(1), e));
        handled.Add(item);
        done.Trigger();
    }
}
