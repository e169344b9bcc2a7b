using System.Text;
using Tame.Dashboards.Graph;

namespace Tame.Dashboards.Drawing;

/// <summary>The details of one node or one edge, as HTML.</summary>
internal static class Panels
{
    public static string OfNode(VisibleGraph graph, VisibleNode node, IReadOnlyList<BlockedCall> blocked)
    {
        if (node.Stage is { } stage)
            return OfStage(graph, node, stage);
        var html = new StringBuilder();
        html.Append("<h2>").Append(Labels.Escape(Labels.ShortName(node.Point.Method))).Append("</h2><p class=\"place\">").Append(Labels.Escape(node.Point.Method));
        if (node.Kind != NodeKind.Method)
            html.Append("<br>").Append(Labels.Escape(Labels.Place(node.Point)));
        html.Append("</p>");
        if (node.Kind == NodeKind.Wait && node.Point.Text.Length != 0)
            html.Append("<pre>").Append(Labels.Escape(node.Point.Text)).Append("</pre>");
        if (graph.Collapses)
            html.Append("<p><button type=\"button\" data-toggle=\"").Append(node.Method).Append("\">").Append(node.Kind == NodeKind.Method ? "Open the method" : "Collapse the method").Append("</button></p>");
        var here = blocked.Where(call => IsAt(node, call)).ToList();
        html.Append("<h3 class=\"waiting\">").Append(Amounts.Calls(here.Count)).Append(here.Count == 1 ? " waits here" : " wait here").Append("</h3>");
        html.Append(CallLists.Of(here, blocked));
        AppendEdges(html, graph, node, "Stretches");
        if (node.Costs != default)
            AppendCosts(html.Append("<h3>A stretch from here costs</h3>"), node.Costs);
        return html.ToString();
    }

    public static string OfEdge(VisibleGraph graph, VisibleEdge edge)
    {
        var html = new StringBuilder();
        bool isOfStages = graph.Nodes.Any(node => node.Id == edge.To && node.Stage is not null);
        html.Append("<h2>").Append(isOfStages ? "Sends" : edge.Kind switch { BlockingEdgeKind.Call => "Calls", BlockingEdgeKind.Return => "Returns", _ => "Continues" }).Append("</h2><p class=\"ends\">");
        AppendEnd(html, graph, edge.From, "");
        AppendEnd(html, graph, edge.To, "→ ");
        html.Append("</p><dl><dt>").Append(isOfStages ? "items accepted there" : "stretches seen").Append("</dt><dd>").Append(Amounts.Digits(edge.Traffic.Count)).Append("</dd><dt>per second, recently</dt><dd>").Append(Amounts.Digits(edge.Traffic.Rate)).Append("</dd></dl>");
        if (edge.Costs != default)
            AppendCosts(html.Append("<h3>A stretch costs</h3>"), edge.Costs);
        return html.ToString();
    }

    private static string OfStage(VisibleGraph graph, VisibleNode node, StageReading stage)
    {
        var html = new StringBuilder();
        html.Append("<h2>").Append(Labels.Escape(stage.Name)).Append("</h2><p class=\"place\">stage</p>");
        html.Append("<h3 class=\"waiting\">").Append(Amounts.Digits(stage.Length)).Append(stage.Length == 1 ? " item waits here" : " items wait here").Append("</h3>");
        AppendEdges(html, graph, node, "Connections");
        html.Append("<h3>Figures</h3><dl>");
        foreach (var (name, value) in stage.Figures)
            html.Append("<dt>").Append(name).Append("</dt><dd>").Append(value is TimeSpan time ? Amounts.Nanoseconds(time.TotalNanoseconds) : Amounts.Digits((double)value)).Append("</dd>");
        return html.Append("</dl>").ToString();
    }

    private static bool IsAt(VisibleNode node, BlockedCall call) => call.Method == node.Point.Method
        && (node.Kind == NodeKind.Method || (node.Kind == NodeKind.Wait && call.Line == node.Point.Line && call.File == node.Point.File));

    private static void AppendEdges(StringBuilder html, VisibleGraph graph, VisibleNode node, string heading)
    {
        var edges = graph.Edges.Where(edge => edge.From == node.Id || edge.To == node.Id).ToList();
        if (edges.Count == 0)
            return;
        html.Append("<h3>").Append(heading).Append("</h3><ul class=\"edges\">");
        foreach (var edge in edges)
        {
            bool leaves = edge.From == node.Id;
            html.Append("<li><button type=\"button\" data-edge=\"").Append(edge.Id).Append("\">").Append(leaves ? "to " : "from ").Append(Labels.Escape(NameOf(graph, leaves ? edge.To : edge.From)));
            html.Append(" <small>").Append(node.Stage is null ? edge.Kind.ToString().ToLowerInvariant() : leaves ? "accepted there" : "accepted here").Append(", ").Append(Amounts.Digits(edge.Traffic.Count)).Append("</small></button></li>");
        }
        html.Append("</ul>");
    }

    private static void AppendEnd(StringBuilder html, VisibleGraph graph, int node, string arrow) =>
        html.Append("<button type=\"button\" data-node=\"").Append(node).Append("\">").Append(arrow).Append(Labels.Escape(NameOf(graph, node))).Append("</button>");

    private static string NameOf(VisibleGraph graph, int id) => graph.Nodes.First(node => node.Id == id) is var node ? $"{Labels.Title(node)} ({Labels.Subtitle(node)})" : "";

    private static void AppendCosts(StringBuilder html, StretchCosts costs)
    {
        html.Append("<dl>");
        foreach (var (name, value) in (ReadOnlySpan<(string, string)>)
        [
            ("running time", Amounts.Nanoseconds(costs.RunningNanoseconds)),
            ("allocated", Amounts.Bytes(costs.AllocatedBytes)),
            ("kept in closures", Amounts.Bytes(costs.ClosureBytes)),
            ("descriptors opened", Amounts.Digits(costs.Descriptors)),
            ("blocked at its end", Amounts.Nanoseconds(costs.BlockedNanoseconds)),
        ])
        {
            html.Append("<dt>").Append(name).Append("</dt><dd>").Append(value).Append("</dd>");
        }
        html.Append("</dl>");
    }
}
