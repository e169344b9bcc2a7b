using System.Xml.Linq;
using Tame.Dashboards.Drawing;
using Tame.Dashboards.Graph;
using Tame.Dashboards.Layout;

namespace Tame.Dashboards.Tests.Graph;

/// <summary>Stages among the nodes of the page.</summary>
public sealed class StageNodeTests
{
    private static readonly HashSet<int> s_none = [];
    private readonly Numbering _numbering = new();

    [Fact]
    public void Each_stage_is_a_node_and_an_edge_leads_to_each_that_it_sends_to()
    {
        var graph = See(MadeUpStages.Stage(1, "read", 7, 2, 3), MadeUpStages.Stage(2, "cache", 0, 3), MadeUpStages.Stage(3, "send", 250));
        var stages = graph.Nodes.Where(node => node.Kind == NodeKind.Stage).ToList();
        Assert.Equal([("read", 7), ("cache", 0), ("send", 250)], stages.Select(node => (node.Point.Method, node.Blocked)));
        Assert.Equal([("read", "cache"), ("read", "send"), ("cache", "send")], Between(graph).Select(edge => (NameOf(graph, edge.From), NameOf(graph, edge.To))));
        Assert.Equal([new Traffic(20, 1), new Traffic(30, 1.5), new Traffic(30, 1.5)], Between(graph).Select(edge => edge.Traffic));
    }

    [Fact]
    public void A_stage_keeps_its_number_and_one_that_has_stopped_leaves_with_its_edges()
    {
        var before = See(MadeUpStages.Stage(1, "read", 7, 2), MadeUpStages.Stage(2, "send", 0));
        var after = See(MadeUpStages.Stage(1, "read", 3, 2));
        Assert.Equal(before.Nodes.Single(node => node.Point.Method == "read").Id, after.Nodes.Single(node => node.Kind == NodeKind.Stage).Id);
        Assert.Empty(Between(after));
        Assert.Distinct(before.Nodes.Select(node => node.Id));
    }

    [Theory]
    [InlineData("read")]
    [InlineData("<b>\"'&\0")]
    public void A_stage_is_drawn_with_its_name_and_a_click_shows_its_figures(string name)
    {
        var graph = See(MadeUpStages.Stage(1, name, 1, 2), MadeUpStages.Stage(2, "send", 0));
        var view = new GraphView(new LayeredLayout());
        view.Update(graph, 0);
        var svg = XElement.Parse(GraphDrawing.Of(graph, view.Placement));
        string shown = name.Replace('\0', '\ufffd');
        Assert.Contains([shown, "stage, holds 1,000", ""], svg.Descendants().Where(element => element.Attribute("class")?.Value == "node stage").Select(node => node.Descendants().Where(part => part.Name.LocalName == "text").Select(text => text.Value)));

        var stage = graph.Nodes.First(node => node.Kind == NodeKind.Stage);
        var panel = XElement.Parse($"<div>{Panels.OfNode(graph, stage, [])}</div>");
        Assert.Equal(shown, panel.Element("h2")!.Value);
        Assert.Equal("1 item waits here", panel.Elements("h3").First().Value);
        Assert.Equal(["items in the queue", "90th percentile"], panel.Element("dl")!.Elements("dt").Select(term => term.Value));
        Assert.Equal(["1", "12.5 ms"], panel.Element("dl")!.Elements("dd").Select(figure => figure.Value));
        var edge = XElement.Parse($"<div>{Panels.OfEdge(graph, Between(graph).Single())}</div>");
        Assert.Equal("Sends", edge.Element("h2")!.Value);
        Assert.Equal("items accepted there", edge.Element("dl")!.Element("dt")!.Value);
    }

    private VisibleGraph See(params StageReading[] stages) =>
        StageNodes.Add(new Viewing(_numbering, new Rates(), 150).Of(MadeUp.Methods(2, blocked: 3), s_none), stages, _numbering);

    /// <summary>The edges whose ends are stages.</summary>
    private static List<VisibleEdge> Between(VisibleGraph graph)
    {
        var stages = graph.Nodes.Where(node => node.Kind == NodeKind.Stage).Select(node => node.Id).ToHashSet();
        return [.. graph.Edges.Where(edge => stages.Contains(edge.From) || stages.Contains(edge.To))];
    }

    private static string NameOf(VisibleGraph graph, int id) => graph.Nodes.Single(node => node.Id == id).Point.Method;
}
