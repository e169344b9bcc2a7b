using Tame.Dashboards.Graph;
using Tame.Dashboards.Layout;

namespace Tame.Dashboards.Tests.Graph;

public sealed class ViewingTests
{
    private static readonly HashSet<int> s_none = [];
    private readonly Numbering _numbering = new();
    private readonly Rates _rates = new();

    [Fact]
    public void A_small_graph_is_shown_as_it_is()
    {
        var graph = See(MadeUp.Methods(3, blocked: 2), most: 9);
        Assert.False(graph.Collapses);
        Assert.Equal(9, graph.Nodes.Count);
        Assert.Equal(8, graph.Edges.Count);
        Assert.Equal([NodeKind.Entry, NodeKind.Wait, NodeKind.End], graph.Nodes.Take(3).Select(node => node.Kind));
        Assert.Equal([0, 2, 0], graph.Nodes.Take(3).Select(node => node.Blocked));
    }

    [Fact]
    public void With_too_many_wait_points_each_method_is_a_node_with_all_its_waiting_calls()
    {
        var graph = See(MadeUp.Methods(3, blocked: 2), most: 8);
        Assert.True(graph.Collapses);
        Assert.Equal([("Shop.Desk0.Serve", 2), ("Shop.Desk1.Serve", 2), ("Shop.Desk2.Serve", 2)], graph.Nodes.Select(node => (node.Point.Method, node.Blocked)));
        Assert.All(graph.Nodes, node => Assert.Equal(NodeKind.Method, node.Kind));
        Assert.Equal(2, graph.Edges.Count);
    }

    [Fact]
    public void A_method_that_is_open_shows_its_wait_points_among_the_others()
    {
        var all = See(MadeUp.Methods(3), most: 8);
        var graph = See(MadeUp.Methods(3), most: 8, all.Nodes[1].Method);
        Assert.Equal([NodeKind.Method, NodeKind.Entry, NodeKind.Wait, NodeKind.End, NodeKind.Method], graph.Nodes.Select(node => node.Kind));
        Assert.Equal(4, graph.Edges.Count);
        Assert.Equal(all.Nodes[0].Id, graph.Nodes[0].Id);
    }

    [Fact]
    public void Edges_that_become_one_add_their_counts_and_average_their_costs()
    {
        var (a, b) = (MadeUp.Point("A.M", 1), MadeUp.Point("A.M", 2));
        var c = MadeUp.Point("B.M", 1);
        var graph = See(new BlockingGraph(
            [new(a, 0, default), new(b, 0, default), new(c, 0, default)],
            [MadeUp.Edge(a, c, 3, BlockingEdgeKind.Call, new StretchCosts(10, 0, 0, 0, 0)), MadeUp.Edge(b, c, 1, BlockingEdgeKind.Call, new StretchCosts(50, 8, 0, 0, 0))]), most: 2);
        var edge = Assert.Single(graph.Edges);
        Assert.Equal(4, edge.Traffic.Count);
        Assert.Equal(new StretchCosts(20, 2, 0, 0, 0), edge.Costs);
        Assert.Equal(edge.Costs, graph.Nodes[0].Costs);
    }

    [Fact]
    public void Inside_of_a_collapsed_method_only_recursion_is_an_edge()
    {
        var (a, b) = (MadeUp.Point("A.M", 0), MadeUp.Point("A.M", 1));
        var graph = See(new BlockingGraph([new(a, 0, default), new(b, 0, default)], [MadeUp.Edge(a, b), MadeUp.Edge(a, a, 1, BlockingEdgeKind.Call)]), most: 1);
        Assert.Equal(BlockingEdgeKind.Call, Assert.Single(graph.Edges).Kind);
    }

    [Fact]
    public void An_edge_to_a_node_that_the_graph_has_not_is_left_out() =>
        Assert.Empty(See(new BlockingGraph([MadeUp.Node("A.M", 0)], [MadeUp.Edge(MadeUp.Point("A.M", 0), MadeUp.Point("A.M", 1))]), most: 9).Edges);

    [Fact]
    public void A_rate_follows_the_growth_of_a_count()
    {
        var edge = MadeUp.Edge(MadeUp.Point("A.M", 0), MadeUp.Point("A.M", 1), count: 0);
        for (int second = 0; second <= 120; second++)
            _rates.Note(new BlockingGraph([], [edge with { Count = 7 * second }]), DateTimeOffset.UnixEpoch.AddSeconds(second));
        Assert.Equal(7, _rates.Of(edge).Rate, 0.01);
        for (int second = 121; second <= 240; second++)
            _rates.Note(new BlockingGraph([], [edge with { Count = 840 }]), DateTimeOffset.UnixEpoch.AddSeconds(second));
        Assert.Equal(0, _rates.Of(edge).Rate, 0.01);
    }

    [Fact]
    public void A_view_draws_again_only_where_the_graph_has_other_parts()
    {
        var view = new GraphView(new LayeredLayout());
        view.Update(See(MadeUp.Methods(3, blocked: 1), most: 99), layouts: 0);
        var (version, before) = (view.Version, view.Placement);
        view.Update(See(MadeUp.Methods(3, blocked: 5), most: 99), layouts: 0);
        Assert.Equal(version, view.Version);
        Assert.Equal(5, view.Graph.Nodes[1].Blocked);

        view.Update(See(MadeUp.Methods(4), most: 99), layouts: 0);
        Assert.Equal(version + 1, view.Version);
        Assert.All(before.Nodes, node => Assert.Equal(node.Value, view.Placement.Nodes[node.Key]));
    }

    [Fact]
    public void A_full_layout_is_made_when_it_is_asked_for()
    {
        var view = new GraphView(new LayeredLayout());
        var graph = MadeUp.Methods(3);
        view.Update(See(graph with { Nodes = [.. graph.Nodes.Skip(3)] }, most: 99), layouts: 0);
        view.Update(See(graph, most: 99), layouts: 0);
        var grown = view.Placement;
        view.Update(See(graph, most: 99), layouts: 1);
        Assert.NotEqual(grown.Nodes.OrderBy(node => node.Key), view.Placement.Nodes.OrderBy(node => node.Key));
        Assert.Equal(0, view.Placement.Nodes.Values.Min(place => place.Row));
    }

    private VisibleGraph See(BlockingGraph graph, int most, params int[] open) => new Viewing(_numbering, _rates, most).Of(graph, open.Length == 0 ? s_none : open.ToHashSet());
}
