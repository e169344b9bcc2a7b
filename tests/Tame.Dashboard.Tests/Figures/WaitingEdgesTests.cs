using Tame.Dashboards.Figures;

namespace Tame.Dashboards.Tests.Figures;

public sealed class WaitingEdgesTests
{
    [Fact]
    public void Each_call_that_waits_for_another_counts_on_the_edge_between_their_wait_points()
    {
        var graph = new BlockingGraph([MadeUp.Node("A.M", 1, 2), MadeUp.Node("B.M", 1, 3), MadeUp.Node("B.M", -1)], []);
        BlockedCall Call(string method, int line) => new(method, "Shop.cs", line, TimeSpan.Zero);
        var (a, other, b, unknown) = (Call("A.M", 11), Call("A.M", 11), Call("B.M", 11), Call("C.M", 11));
        MadeUp.LetWait(a, b);
        MadeUp.LetWait(other, b);
        MadeUp.LetWait(b, unknown);
        var edge = Assert.Single(WaitingEdges.Add(graph, [a, other, b, unknown]).Edges);
        Assert.Equal((graph.Nodes[0].Point, graph.Nodes[1].Point, 2L), (edge.From, edge.To, edge.Count));
    }

    [Fact]
    public void The_descriptors_of_the_process_are_counted_on_Linux()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux tells.");
        var count = new DescriptorCount();
        SpinWait.SpinUntil(() => count.Last is not null, TimeSpan.FromSeconds(10));
        double before = count.Last!.Value;
        var files = Enumerable.Range(0, 50).Select(_ => File.OpenHandle("/dev/null")).ToList();
        Assert.True(SpinWait.SpinUntil(() => count.Last >= before + 40, TimeSpan.FromSeconds(10)), $"{count.Last} after {before}");
        files.ForEach(file => file.Dispose());
    }
}
