namespace Tame.Language.Tests.Profiling;

/// <summary>What stretches cost, and that to record it costs no memory.</summary>
[Collection(nameof(Alone))]
public sealed partial class CostTests
{
    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(10);

    /// <summary>The stretch that allocates a large array is told from its neighbor; the first eight of each are measured.</summary>
    [Fact]
    public void Allocated_bytes_go_to_the_stretch_that_allocated_them()
    {
        var graph = Edges.Of(Allocating);
        Assert.InRange(Edges.Edge(graph, "Allocating 1 -> Allocating 2").Costs.AllocatedBytes, 100_000, 101_000);
        Assert.InRange(Edges.Edge(graph, "Allocating 2 -> Allocating 1").Costs.AllocatedBytes, 0, 1_000);
        Assert.InRange(graph.Nodes.Single(node => Edges.Name(node.Point) == "Allocating 1").Costs.AllocatedBytes, 100_000 * 6 / 7.0, 101_000);
    }

    [Tamed] private static partial void Allocating(Event done);

    private static void AllocatingBody(Event done)
    {
        for (var i = 0; i < 7; i++)
        {
            twait(e => timer(s_step, e));
            if (i == 6) break;
            GC.KeepAlive(new byte[100_000]);
            twait(e => timer(s_step, e));
        }

        done.Trigger();
    }

    /// <summary>A call that blocks grows the memory in closures by its own, and its end gives that back.</summary>
    [Fact]
    public void Closure_bytes_grow_with_a_call_and_shrink_with_its_end()
    {
        var graph = Edges.Of(Calling);
        var size = Edges.Edge(graph, "Small entry -> Small 1").Costs.ClosureBytes;
        Assert.InRange(size, 80, 200);
        Assert.Equal(size, Edges.Edge(graph, "Calling 1 -> Calling 1").Costs.ClosureBytes);
        Assert.Equal(-size, Edges.Edge(graph, "Small 1 -> Small end").Costs.ClosureBytes);
        Assert.Equal(0, Edges.Edge(graph, "Small end -> Calling 1").Costs.ClosureBytes);
    }

    [Tamed] private static partial void Calling(Event done);

    private static void CallingBody(Event done)
    {
        for (var i = 0; i < 5; i++) twait(e => Small(e));
        done.Trigger();
    }

    [Tamed] private static partial void Small(Event done);

    private static void SmallBody(Event done)
    {
        twait(e => timer(s_step, e));
        done.Trigger();
    }

    [Theory]
    [InlineData(ProfileMode.Off)]
    [InlineData(ProfileMode.Sampled)]
    [InlineData(ProfileMode.On)]
    public void The_steady_state_allocates_nothing(ProfileMode mode) =>
        Assert.Equal(0, EventLoop.Run<long>(Steady, new EventLoopOptions { VirtualTime = true, Profile = mode }));

    [Tamed] private static partial void Steady(Event<long> done);

    private static void SteadyBody(Event<long> done)
    {
        long start = 0;
        var r = new Rendezvous();
        for (var i = 0; i < 12_000; i++)
        {
            if (i == 2_000) start = GC.GetAllocatedBytesForCurrentThread();
            using (twait())
            {
                Small(mkevent());
                Small(mkevent());
            }

            Small(mkevent(r));
            Small(mkevent(r));
            twait(r);
            twait(r);
        }

        done.Trigger(GC.GetAllocatedBytesForCurrentThread() - start);
    }
}
