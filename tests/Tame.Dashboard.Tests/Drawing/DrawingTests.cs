using System.Text.Json;
using System.Xml.Linq;
using CsCheck;
using Tame.Dashboards.Drawing;
using Tame.Dashboards.Figures;
using Tame.Dashboards.Graph;
using Tame.Dashboards.Layout;

namespace Tame.Dashboards.Tests.Drawing;

/// <summary>What the program draws and writes, without a browser. Any text may be the name of a method or a file.</summary>
public sealed class DrawingTests
{
    private const string Hostile = "<script>alert(1)</script>\"'&]]>--\0\ud800\u0007";
    private static readonly XNamespace s_svg = "http://www.w3.org/2000/svg";

    private static readonly Gen<string> s_names = Gen.OneOf(Gen.String, Gen.Const(Hostile), Gen.String[Gen.Char["<>&\"'.a\0\ud83d\ude00\ufffe"], 0, 80]);

    [Fact]
    public void A_drawing_has_each_node_and_each_edge()
    {
        var graph = See(MadeUp.Methods(5, blocked: 1));
        var svg = XElement.Parse(Draw(graph));
        Assert.Equal(graph.Nodes.Select(node => $"{node.Id}"), WithClass(svg, "node").Select(node => node.Attribute("data-id")!.Value));
        Assert.Equal(graph.Edges.Select(edge => $"{edge.Id} {edge.From} {edge.To}"), WithClass(svg, "edge").Select(edge => $"{edge.Attribute("data-id")!.Value} {edge.Attribute("data-from")!.Value} {edge.Attribute("data-to")!.Value}"));
        Assert.All(WithClass(svg, "node"), node => Assert.Equal(("0", "button"), (node.Attribute("tabindex")!.Value, node.Attribute("role")!.Value)));
        Assert.Contains("call", WithClass(svg, "edge").Select(edge => edge.Attribute("class")!.Value.Split(' ')[1]));
    }

    [Fact]
    public void A_node_says_its_statement_its_method_and_its_line()
    {
        var svg = XElement.Parse(Draw(See(new BlockingGraph([new(new WaitPoint(WaitPointKind.Wait, "My.Shop.Desk.Serve", 1, "src/Desk.cs", 41, "twait(e => Ask(item, e), out price)"), 0, default)], []))));
        var node = Assert.Single(WithClass(svg, "node"));
        Assert.Equal(["twait(e => Ask(item, e), out pric…", "Desk.Serve, line 41", ""], node.Descendants(s_svg + "text").Select(text => text.Value));
        Assert.Equal("My.Shop.Desk.Serve\nsrc/Desk.cs:41\ntwait(e => Ask(item, e), out price)", node.Element(s_svg + "title")!.Value);
    }

    [Fact]
    public void Any_name_is_text_in_a_drawing() => Gen.Select(s_names, s_names, s_names).Sample((method, file, text) =>
    {
        var svg = XElement.Parse(Draw(See(Named(method, file, text))));
        Assert.Equal(["g", "path", "rect", "svg", "text", "title"], svg.DescendantsAndSelf().Select(element => element.Name.LocalName).Distinct().Order());
        Assert.DoesNotContain(svg.DescendantsAndSelf().Attributes(), attribute => attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal) || attribute.Name.LocalName.EndsWith("href", StringComparison.Ordinal));
        Assert.Equal(2, WithClass(svg, "node").Count());
    });

    [Fact]
    public void Any_name_is_text_in_a_panel() => Gen.Select(s_names, s_names, s_names).Sample((method, file, text) =>
    {
        var graph = See(Named(method, file, text));
        BlockedCall inner = new(method, file, 7, TimeSpan.FromSeconds(2)), outer = new(method, file, 8, TimeSpan.FromSeconds(3));
        MadeUp.LetWait(outer, inner);
        var node = Panel(Panels.OfNode(graph, graph.Nodes[0], [outer, inner]));
        string[] known = ["b", "br", "button", "dd", "details", "div", "dl", "dt", "h2", "h3", "li", "p", "pre", "small", "span", "summary", "ul"];
        Assert.Empty(node.Descendants().Select(element => element.Name.LocalName).Except(known));
        var edge = Panel(Panels.OfEdge(graph, graph.Edges[0]));
        Assert.Empty(edge.Descendants().Select(element => element.Name.LocalName).Except(known));
        Assert.Empty(node.Descendants().Concat(edge.Descendants()).Attributes().Select(attribute => attribute.Name.LocalName).Except(["class", "type", "open", "data-edge", "data-node", "data-count", "data-toggle"]));
    });

    [Fact]
    public void Text_comes_back_as_it_was_unless_XML_has_no_way_to_write_it() => s_names.Sample(name =>
    {
        string written = XElement.Parse($"<a b=\"{Labels.Escape(name)}\">{Labels.Escape(name)}</a>").Value;
        string expected = string.Concat(name.EnumerateRunes().Select(rune => rune.Value is '\n' or '\t' || (rune.Value >= ' ' && rune.Value is not (0xfffe or 0xffff or (>= 0x7f and <= 0x9f))) ? rune.ToString() : "\ufffd"));
        Assert.Equal(expected, written);
    });

    [Fact]
    public void A_panel_lists_the_calls_of_its_node_with_their_trees()
    {
        var graph = See(MadeUp.Methods(2));
        var node = graph.Nodes[1];
        BlockedCall Here(int seconds) => new(node.Point.Method, node.Point.File, node.Point.Line, TimeSpan.FromSeconds(seconds));
        var (first, second, other) = (Here(9), Here(5), Here(4));
        BlockedCall callee = new("Bank.Pay", "Bank.cs", 3, TimeSpan.FromSeconds(1));
        MadeUp.LetWait(other, callee);
        BlockedCall run = new("Shop.Run", "Shop.cs", 1, TimeSpan.FromSeconds(10));
        MadeUp.LetWait(run, other);
        var panel = Panel(Panels.OfNode(graph, node, [run, first, second, other, callee]));

        Assert.Equal("3 calls wait here", panel.Descendants("h3").First().Value);
        var entries = panel.Descendants("li").Where(item => item.Attribute("data-count") is not null).ToList();
        Assert.Equal(["2", "1"], entries.Select(entry => entry.Attribute("data-count")!.Value));
        Assert.Equal("2 calls longest 9 s", entries[0].Descendants("summary").Single().Value);
        Assert.Equal(["caller Shop.Run", "here Desk0.Serve", "callee Bank.Pay"], entries[1].Descendants("span").Select(span => $"{span.Attribute("class")!.Value} {span.Value}"));
    }

    [Fact]
    public void Calls_that_wait_for_each_other_have_an_end()
    {
        BlockedCall a = new("A.M", "A.cs", 1, TimeSpan.FromSeconds(1)), b = new("B.M", "B.cs", 2, TimeSpan.FromSeconds(1));
        MadeUp.LetWait(b, a);
        MadeUp.LetWait(a, b);
        string html = CallLists.Of([a], [a, b]);
        Assert.Contains("shown above", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Ten_thousand_calls_are_a_few_lines()
    {
        var calls = Enumerable.Range(0, 10_000).Select(i => new BlockedCall("A.M", "A.cs", i % 100, TimeSpan.FromSeconds(20_000 - i))).ToList();
        var panel = Panel(CallLists.Of(calls, calls));
        Assert.Equal(50, panel.Descendants("li").Count(item => item.Attribute("data-count") is not null));
        Assert.Equal("… and 5,000 calls more", panel.Descendants("p").Last().Value);
    }

    [Fact]
    public void Figures_are_JSON_whatever_they_are()
    {
        var figures = new LoopFigures
        {
            Ready = double.NaN,
            Delay = double.PositiveInfinity,
            Memory = 1.25e300,
            Lost = [new LostEvent(Hostile, "A.cs", 3, 2)],
            Policy = new PolicyFigures("resource-aware", [new ResourceFigures(Hostile, 1, 0, 0, double.NegativeInfinity)]),
        };
        using var json = JsonDocument.Parse(JsonText.OfFigures(DateTimeOffset.UnixEpoch.AddMilliseconds(1_796_012_351_435), figures));
        Assert.Equal(1_796_012_351_435, json.RootElement.GetProperty("time").GetInt64());
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("ready").ValueKind);
        Assert.Equal(1.25e300, json.RootElement.GetProperty("memory").GetDouble());
        Assert.Equal("A.cs:3", json.RootElement.GetProperty("lost")[0].GetProperty("place").GetString());
        Assert.Equal("resource-aware", json.RootElement.GetProperty("policy").GetProperty("name").GetString());
    }

    [Fact]
    public void The_history_keeps_the_last_ten_minutes_in_order()
    {
        var history = new History(3);
        for (int i = 1; i <= 5; i++)
            history.Add(DateTimeOffset.UnixEpoch.AddMilliseconds(i), new LoopFigures { Ready = 10 * i });
        using var json = JsonDocument.Parse(JsonText.OfHistory(history.ToArray()));
        Assert.Equal([3L, 4, 5], json.RootElement.GetProperty("time").EnumerateArray().Select(item => item.GetInt64()));
        Assert.Equal([30.0, 40, 50], json.RootElement.GetProperty("ready").EnumerateArray().Select(item => item.GetDouble()));
    }

    private static BlockingGraph Named(string method, string file, string text)
    {
        WaitPoint a = new(WaitPointKind.Wait, method, 1, file, 7, text), b = new(WaitPointKind.End, method, -1, file, 9, "");
        return new BlockingGraph([new(a, 1, default), new(b, 0, default)], [MadeUp.Edge(a, b, 3, costs: new StretchCosts(1, 2, 3, 4, 5))]);
    }

    private static VisibleGraph See(BlockingGraph graph) => new Viewing(new Numbering(), new Rates(), 150).Of(graph, new HashSet<int>());

    private static string Draw(VisibleGraph graph)
    {
        var view = new GraphView(new LayeredLayout());
        view.Update(graph, 0);
        return GraphDrawing.Of(graph, view.Placement);
    }

    private static IEnumerable<XElement> WithClass(XElement svg, string name) => svg.Descendants(s_svg + "g").Where(g => g.Attribute("class")!.Value.Split(' ')[0] == name);

    /// <summary>A panel is XML but for empty elements and attributes without a value.</summary>
    private static XElement Panel(string html) => XElement.Parse($"<div>{html.Replace("<br>", "<br/>", StringComparison.Ordinal).Replace("<details open>", "<details open=\"\">", StringComparison.Ordinal)}</div>");
}
