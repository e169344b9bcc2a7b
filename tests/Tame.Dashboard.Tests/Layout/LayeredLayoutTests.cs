using CsCheck;
using Tame.Dashboards.Layout;

namespace Tame.Dashboards.Tests.Layout;

/// <summary>What holds for the drawing of any graph.</summary>
public sealed class LayeredLayoutTests
{
    private const double Tiny = 1e-6;
    private readonly LayeredLayout _layout = new();

    /// <summary>Graphs of up to forty nodes, with several parts, cycles, and several edges between two nodes.</summary>
    private static readonly Gen<LayoutGraph> s_graphs = Graphs(40, anyDirection: true);

    private static Gen<LayoutGraph> Graphs(int most, bool anyDirection) =>
        from count in Gen.Int[1, most]
        from widths in Gen.Double[40, 300].Array[count]
        from ends in Gen.Select(Gen.Int[0, count - 1], Gen.Int[0, count - 1]).Array[0, 2 * count]
        select new LayoutGraph(
            [.. widths.Select((width, i) => new LayoutNode(100 + i, width))],
            [.. ends.Where(end => anyDirection || end.Item1 != end.Item2)
                .Select((end, i) => anyDirection ? new LayoutEdge(1000 + i, 100 + end.Item1, 100 + end.Item2) : new LayoutEdge(1000 + i, 100 + Math.Min(end.Item1, end.Item2), 100 + Math.Max(end.Item1, end.Item2)))]);

    [Fact]
    public void No_two_nodes_overlap() => s_graphs.Sample(graph => AssertApart(graph, _layout.Place(graph)));

    [Fact]
    public void Edges_point_down_but_for_those_that_close_a_cycle() => s_graphs.Sample(graph => AssertDown(graph, _layout.Place(graph)));

    [Fact]
    public void Without_cycles_every_edge_points_down() => Graphs(40, anyDirection: false).Sample(graph =>
    {
        var placement = _layout.Place(graph);
        Assert.DoesNotContain(placement.Edges.Values, route => route.IsBack);
        AssertDown(graph, placement);
    });

    [Fact]
    public void No_edge_runs_through_a_node() => s_graphs.Sample(graph => AssertFree(graph, _layout.Place(graph)));

    [Fact]
    public void Nodes_keep_their_places_while_a_graph_grows() => Gen.Select(s_graphs, Gen.Int[0, 40], Gen.Int[0, 80]).Sample((graph, nodes, edges) =>
    {
        var before = _layout.Place(Beginning(graph, nodes, edges));
        var after = _layout.Grow(graph, before);
        foreach (var (id, place) in before.Nodes)
            Assert.Equal(place, after.Nodes[id]);
        AssertApart(graph, after);
        AssertFree(graph, after);
        Assert.All(graph.Edges.Where(edge => after.Edges[edge.Id].IsBack == (after.Nodes[edge.To].Row > after.Nodes[edge.From].Row)), edge => Assert.Fail($"{edge} is drawn in the wrong direction"));
    });

    [Fact]
    public void A_drawing_that_grew_one_node_at_a_time_has_no_overlap() => s_graphs.Sample(
        graph =>
        {
            var placement = Placement.Empty;
            for (int i = 1; i <= graph.Nodes.Count; i++)
                placement = _layout.Grow(Beginning(graph, i, graph.Edges.Count), placement);
            AssertApart(graph, placement);
            AssertFree(graph, placement);
        },
        iter: 30);

    [Fact]
    public void A_new_node_goes_into_the_row_below_those_that_lead_to_it()
    {
        var graph = Chain(3);
        var before = _layout.Place(graph);
        var after = _layout.Grow(new LayoutGraph([.. graph.Nodes, new LayoutNode(9, 100)], [.. graph.Edges, new LayoutEdge(90, 2, 9)]), before);
        Assert.Equal(before.Nodes[2].Row + 1, after.Nodes[9].Row);
        Assert.Equal(before.Nodes[3].Row, after.Nodes[9].Row);
    }

    [Fact]
    public void Equal_graphs_get_equal_places() => s_graphs.Sample(graph => Assert.Equal(_layout.Place(graph).Nodes, new LayeredLayout().Place(graph).Nodes));

    [Fact]
    public void A_chain_is_a_straight_line()
    {
        var placement = _layout.Place(Chain(20));
        Assert.Equal(Enumerable.Range(0, 20), placement.Nodes.OrderBy(node => node.Key).Select(node => node.Value.Row));
        Assert.All(placement.Nodes.Values, place => Assert.Equal(placement.Nodes[1].X, place.X, Tiny));
    }

    [Fact]
    public void A_chain_of_a_hundred_thousand_does_not_overflow_the_stack()
    {
        var component = new Component(Chain(100_000).Nodes, Chain(100_000).Edges);
        var isBack = Layers.BackEdges(component);
        Assert.DoesNotContain(true, isBack);
        Assert.Equal(99_999, Layers.Rows(component, isBack)[^1]);
    }

    [Fact]
    public void Nodes_without_edges_are_not_one_long_row()
    {
        var placement = _layout.Place(new LayoutGraph([.. Enumerable.Range(1, 100).Select(i => new LayoutNode(i, 100))], []));
        Assert.InRange(placement.Nodes.Values.Select(place => place.Row).Distinct().Count(), 5, 20);
    }

    [Fact]
    public void An_empty_graph_has_an_empty_drawing() => Assert.Empty(_layout.Place(new LayoutGraph([], [])).Nodes);

    private static LayoutGraph Chain(int count) => new(
        [.. Enumerable.Range(1, count).Select(i => new LayoutNode(i, 100))],
        [.. Enumerable.Range(1, count - 1).Select(i => new LayoutEdge(i, i, i + 1))]);

    /// <summary>The first nodes of a graph, and those of its first edges that connect them.</summary>
    private static LayoutGraph Beginning(LayoutGraph graph, int nodes, int edges)
    {
        var ids = graph.Nodes.Take(nodes).Select(node => node.Id).ToHashSet();
        return new LayoutGraph([.. graph.Nodes.Take(nodes)], [.. graph.Edges.Take(edges).Where(edge => ids.Contains(edge.From) && ids.Contains(edge.To))]);
    }

    private static void AssertApart(LayoutGraph graph, Placement placement)
    {
        Assert.Equal(graph.Nodes.Select(node => node.Id).Order(), placement.Nodes.Keys.Order());
        foreach (var row in placement.Nodes.Values.GroupBy(place => place.Row))
        {
            var places = row.OrderBy(place => place.Left).ToList();
            for (int i = 1; i < places.Count; i++)
                Assert.True(places[i - 1].Right + Measures.Gap <= places[i].Left + Tiny, $"{places[i - 1]} and {places[i]} overlap");
        }
    }

    private static void AssertDown(LayoutGraph graph, Placement placement)
    {
        Assert.All(graph.Edges, edge => Assert.True(placement.Edges[edge.Id].IsBack || placement.Nodes[edge.From].Row < placement.Nodes[edge.To].Row, $"{edge} points up"));
        // The other edges close no cycle, so a graph of these alone can be emptied from the top.
        var left = graph.Edges.Where(edge => !placement.Edges[edge.Id].IsBack).ToList();
        Assert.All(left, edge => Assert.NotEqual(edge.From, edge.To));
        Assert.All(graph.Edges.Where(edge => placement.Edges[edge.Id].IsBack && edge.From != edge.To), back => Assert.True(Reaches(left, back.To, back.From), $"{back} closes no cycle"));
    }

    private static bool Reaches(List<LayoutEdge> edges, int from, int to)
    {
        var seen = new HashSet<int> { from };
        var next = new Queue<int>(seen);
        while (next.TryDequeue(out int node))
        {
            foreach (var edge in edges.Where(edge => edge.From == node && seen.Add(edge.To)))
                next.Enqueue(edge.To);
        }
        return seen.Contains(to);
    }

    private static void AssertFree(LayoutGraph graph, Placement placement)
    {
        foreach (var edge in graph.Edges)
        {
            var (from, to) = (placement.Nodes[edge.From], placement.Nodes[edge.To]);
            var bends = placement.Edges[edge.Id].Bends;
            Assert.Equal(Math.Max(0, Math.Abs(from.Row - to.Row) - 1), bends.Count);
            for (int i = 0; i < bends.Count; i++)
            {
                int row = Math.Min(from.Row, to.Row) + 1 + i;
                Assert.DoesNotContain(placement.Nodes.Values, place => place.Row == row && place.Left < bends[i] - Tiny && bends[i] + Tiny < place.Right);
            }
        }
    }
}
