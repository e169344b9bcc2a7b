namespace Tame.Language.Tests.Profiling;

/// <summary>The profile is switched while calls run and wait.</summary>
public sealed partial class SwitchingTests
{
    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(10);

    /// <summary>Of ten stretches, the fourth to sixth begin and end while the profile is on.</summary>
    [Fact]
    public void Stretches_count_that_begin_and_end_while_it_is_on() =>
        Assert.Equal(["Switching 1 -> Switching 1, continue: 3"], Edges.Lines(Edges.Of(Switching, ProfileMode.Off)));

    [Tamed] private static partial void Switching(Event done);

    private static void SwitchingBody(Event done)
    {
        for (var i = 0; i < 10; i++)
        {
            if (i == 3) EventLoop.Current!.Profile(ProfileMode.On);
            if (i == 7) EventLoop.Current!.Profile(ProfileMode.Off);
            twait(e => timer(s_step, e));
        }

        done.Trigger();
    }

    /// <summary>What the call of before remembers must not be taken for the wait of the next, which has its closure.</summary>
    [Fact]
    public void A_pooled_closure_forgets_its_last_wait()
    {
        var graph = Edges.Of(Reusing, ProfileMode.Off);
        Assert.Equal(
            ["Step entry -> Step 1, continue: 1", "Step 1 -> Step end, continue: 1", "Step end -> Reusing 2, return: 1"],
            Edges.Lines(graph).Where(line => line.StartsWith("Step", StringComparison.Ordinal)));
        Assert.Equal(0, Edges.Edge(graph, "Step entry -> Step 1").Costs.BlockedNanoseconds);
    }

    [Tamed] private static partial void Reusing(Event done);

    private static void ReusingBody(Event done)
    {
        // Blocks on, resumes off.
        EventLoop.Current!.Profile(ProfileMode.On);
        using (twait())
        {
            Step(mkevent());
            EventLoop.Current!.Profile(ProfileMode.Off);
        }

        // Blocks off, resumes on, in the same closure.
        using (twait())
        {
            Step(mkevent());
            EventLoop.Current!.Profile(ProfileMode.On);
        }

        done.Trigger();
    }

    [Tamed] private static partial void Step(Event done);

    private static void StepBody(Event done)
    {
        twait(e => timer(s_step, e));
        done.Trigger();
    }

    /// <summary>A wait of a step each, for ten seconds: 100 ms of each 2.1 s are seen.</summary>
    [Fact]
    public void A_sample_is_as_long_as_the_options_say()
    {
        var graph = Edges.Of(done => Waits(1000, done), ProfileMode.Sampled);
        Assert.Equal(["Waits entry -> Waits 1, continue: 1", $"Waits 1 -> Waits 1, continue: {9 + 4 * 10}"], Edges.Lines(graph));
    }

    [Tamed] private static partial void Waits(int count, Event done);

    private static void WaitsBody(int count, Event done)
    {
        for (var i = 0; i < count; i++) twait(e => timer(s_step, e));
        done.Trigger();
    }

    [Fact]
    public void Calls_that_wait_are_counted_though_it_is_off()
    {
        BlockingGraph graph = null!;
        EventLoop.Run(done => Crowd(7, new Event(), e => graph = EventLoop.Current!.BlockingGraph, done), new EventLoopOptions { VirtualTime = true, Profile = ProfileMode.Off });
        Assert.Empty(graph.Edges);
        Assert.Equal(
            ("Waits 1", 7, "twait(e => timer(s_step, e));"),
            Assert.Single(graph.Nodes.Select(node => (Edges.Name(node.Point), node.Blocked, node.Point.Text))));
    }

    [Tamed] private static partial void Crowd(int size, Event none, Action<Event> look, Event done);

    private static void CrowdBody(int size, Event none, Action<Event> look, Event done)
    {
        var r = new Rendezvous();
        for (var i = 0; i < size; i++) Waits(1, mkevent(r));
        twait(e => timer(s_step / 2, e));
        look(none);
        for (var i = 0; i < size; i++) twait(r);
        done.Trigger();
    }

    [Fact]
    public void Blocked_time_is_that_of_the_loop()
    {
        var graph = Edges.Of(done => Waits(20, done));
        Assert.Equal(1e7, Edges.Edge(graph, "Waits entry -> Waits 1").Costs.BlockedNanoseconds, 1.0);
        Assert.Equal(1e7, Edges.Edge(graph, "Waits 1 -> Waits 1").Costs.BlockedNanoseconds, 1.0);
    }
}
