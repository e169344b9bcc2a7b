using Tame.Generator.Tests.Rules;
using Tame.Report;

namespace Tame.Generator.Tests.Reports;

/// <summary>The output of tools/TameReport for a small project.</summary>
public sealed class CallReportTests
{
    private const string Code = """
        [Tamed] private static partial void Walk(int depth, Event done);
        private static void WalkBody(int depth, Event done)
        {
            if (depth > 0)
                twait(e => Walk(depth - 1, e));
            twait(e => Rest(e));
            done.Trigger();
        }

        [Tamed] private static partial void Rest(Event done);
        private static void RestBody(Event done)
        {
            using (twait()) asap(mkevent());
            done.Trigger();
        }
        """;

    private static readonly IReadOnlyList<ReportedMethod> s_methods = CallReport.Of(Snippet.Compilation(Code));

    [Fact]
    public void It_lists_closures_waits_cycles_and_checkpoints() => Assert.Equal(
        ["Example.Rest: 128 bytes, 1 waits, calls 0, cycle ", "Example.Walk: 128 bytes, 2 waits, calls 2, cycle Example.Walk → Example.Walk"],
        s_methods.Select(method => $"{method.Calls.DisplayName}: {method.Bytes} bytes, {method.Waits.Count} waits, calls {method.Calls.Callees.Count}, cycle {string.Join(" → ", method.Cycle)}"));

    [Fact]
    public void The_graph_is_written_for_Graphviz() => Assert.Equal(
        "digraph calls {\n  node [shape=box];\n  m0 [label=\"Example.Rest\"];\n  m1 [label=\"Example.Walk\", peripheries=2];\n  outside [label=\"other code\", shape=ellipse];\n  m1 -> m0;\n  m1 -> m1;\n}\n",
        GraphText.Dot(s_methods));

    [Fact]
    public void The_graph_is_written_for_Mermaid() => Assert.Equal(
        "flowchart TD\n  m0[\"Example.Rest\"]\n  m1[[\"Example.Walk\"]]\n  outside([\"other code\"])\n  m1 --> m0\n  m1 --> m1\n", GraphText.Mermaid(s_methods));

    [Fact]
    public void The_graph_is_drawn_with_callers_above_what_they_call()
    {
        var boxes = System.Xml.Linq.XDocument.Parse(SvgGraph.Draw(s_methods)).Descendants().Where(element => element.Name.LocalName is "rect" or "text").ToList();
        var tops = boxes.Chunk(2).ToDictionary(pair => pair[1].Value, pair => (int)pair[0].Attribute("y")!);
        Assert.Equal(["Example.Rest", "Example.Walk", "other code"], tops.Keys.Order());
        Assert.True(tops["Example.Walk"] < tops["Example.Rest"]);
    }
}
