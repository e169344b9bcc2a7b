using System.Text.Json;

namespace Tame.Runtime.Tests.Profiling;

/// <summary>Merging, drawing, writing, and reading graphs.</summary>
public sealed class GraphTests
{
    private static readonly WaitPoint s_entry = new(WaitPointKind.Entry, "Shop.Buy", 0, "Shop.cs", 7, "");
    private static readonly WaitPoint s_wait = new(WaitPointKind.Wait, "Shop.Buy", 1, "Shop.cs", 9, "twait(e => Ask(\"a\\b<i>\", e));");
    private static readonly WaitPoint s_end = new(WaitPointKind.End, "Shop.Buy", -1, "Shop.cs", 7, "");

    [Fact]
    public void Merging_adds_counts_and_weighs_averages_by_them()
    {
        var merged = BlockingGraph.Merge(Graph(count: 1, running: 100, blocked: 2), Graph(count: 3, running: 500, blocked: 5));
        Assert.Equal([s_entry, s_wait, s_end], merged.Nodes.Select(node => node.Point));
        Assert.Equal([0, 7, 0], merged.Nodes.Select(node => node.Blocked));
        Assert.Equal([4, 4], merged.Edges.Select(edge => edge.Count));
        Assert.Equal([400, 400], merged.Edges.Select(edge => edge.Costs.RunningNanoseconds));
        Assert.Equal([400, 400, 0], merged.Nodes.Select(node => node.Costs.RunningNanoseconds));
        Assert.Equal([40, 40, 0], merged.Nodes.Select(node => node.Costs.AllocatedBytes));
    }

    [Fact]
    public void A_node_has_the_average_of_all_that_leaves_it()
    {
        var merged = BlockingGraph.Merge(new BlockingGraph(
            [],
            [new(s_entry, s_wait, BlockingEdgeKind.Continue, 1, new(100, 1, 2, 3, 4)), new(s_entry, s_end, BlockingEdgeKind.Continue, 3, new(500, 5, 6, 7, 8))]));
        Assert.Equal(new StretchCosts(400, 4, 5, 6, 7), merged.Nodes[0].Costs);
    }

    [Fact]
    public void Merging_nothing_is_empty() => Assert.Empty(BlockingGraph.Merge().Nodes);

    [Fact]
    public void Nodes_are_ordered_by_method_and_by_entry_waits_and_end()
    {
        var other = new WaitPoint(WaitPointKind.Wait, "Shop.Ask", 10, "Shop.cs", 3, "twait(r);");
        var second = s_wait with { State = 2 };
        var tenth = s_wait with { State = 10 };
        var merged = BlockingGraph.Merge(new BlockingGraph([.. new[] { s_end, tenth, second, s_entry, other }.Select(point => new BlockingNode(point, 0, default))], []));
        Assert.Equal([other, s_entry, second, tenth, s_end], merged.Nodes.Select(node => node.Point));
    }

    [Fact]
    public void Dot_escapes_what_it_quotes() => Assert.Equal(
        """
        digraph blocking {
            node [shape=box];
            n0 [label="Shop.Buy\nentry"];
            n1 [label="Shop.Buy\n9: twait(e => Ask(\"a\\b<i>\", e));\n2 blocked"];
            n2 [label="Shop.Buy\nend"];
            n0 -> n1 [label="4 x 1.5 us"];
            n1 -> n0 [label="4 x 1.5 us", style=dashed];
            n2 -> n1 [label="4", style=dotted];
        }

        """,
        Drawn().ToDot());

    [Fact]
    public void Mermaid_gets_no_character_that_means_something() => Assert.Equal(
        """
        flowchart TD
            n0["Shop.Buy<br/>entry"]
            n1["Shop.Buy<br/>9: twait(e =#62; Ask(#34;a#92;b#60;i#62;#34;, e))#59;<br/>2 blocked"]
            n2["Shop.Buy<br/>end"]
            n0 -->|"4 x 1.5 us"| n1
            n1 -.->|"4 x 1.5 us"| n0
            n2 ==>|"4"| n1

        """,
        Drawn().ToMermaid());

    [Fact]
    public void Json_is_read_as_it_was_written()
    {
        var graph = Drawn();
        var read = BlockingGraph.FromJson(graph.ToJson());
        Assert.Equal(graph.Nodes, read.Nodes);
        Assert.Equal(graph.Edges, read.Edges);
    }

    [Fact]
    public void Json_names_points_once_and_kinds_by_words()
    {
        var json = JsonDocument.Parse(Drawn().ToJson()).RootElement;
        Assert.Equal("Shop.Buy", json.GetProperty("nodes")[1].GetProperty("point").GetProperty("method").GetString());
        Assert.Equal("Wait", json.GetProperty("nodes")[1].GetProperty("point").GetProperty("kind").GetString());
        Assert.Equal(2, json.GetProperty("nodes")[1].GetProperty("blocked").GetInt32());
        var call = json.GetProperty("edges")[1];
        Assert.Equal((1, 0, "Call", 4L), (call.GetProperty("from").GetInt32(), call.GetProperty("to").GetInt32(), call.GetProperty("kind").GetString(), call.GetProperty("count").GetInt64()));
        Assert.Equal(1500, call.GetProperty("costs").GetProperty("runningNanoseconds").GetDouble());
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"nodes":null,"edges":[]}""")]
    [InlineData("""{"nodes":[],"edges":[{"from":0,"to":0,"kind":"Call","count":1,"costs":{"runningNanoseconds":0,"allocatedBytes":0,"closureBytes":0,"descriptors":0,"blockedNanoseconds":0}}]}""")]
    [InlineData("graph")]
    public void What_is_no_graph_is_refused(string json) => Assert.ThrowsAny<JsonException>(() => BlockingGraph.FromJson(json));

    private static BlockingGraph Graph(long count, double running, int blocked) => new(
        [new(s_wait, blocked, default)],
        [
            new(s_entry, s_wait, BlockingEdgeKind.Continue, count, new(running, running / 10, 0, 0, 0)),
            new(s_wait, s_end, BlockingEdgeKind.Continue, count, new(running, running / 10, 0, 0, 0)),
        ]);

    private static BlockingGraph Drawn() => new(
        [new(s_entry, 0, default), new(s_wait, 2, new(1500, 0, -96, 1, 2)), new(s_end, 0, default)],
        [
            new(s_entry, s_wait, BlockingEdgeKind.Continue, 4, new(1500, 1, 96, 0.5, 1e9)),
            new(s_wait, s_entry, BlockingEdgeKind.Call, 4, new(1500, 0, 0, 0, 0)),
            new(s_end, s_wait, BlockingEdgeKind.Return, 4, default),
        ]);
}
