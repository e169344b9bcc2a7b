using System.Text;

namespace Tame.Report;

/// <summary>Writes the graph of calls for Graphviz and Mermaid. Methods with a checkpoint have a double border.</summary>
internal static class GraphText
{
    public const string Outside = "other code";

    public static string Dot(IReadOnlyList<ReportedMethod> methods)
    {
        var text = new StringBuilder("digraph calls {\n  node [shape=box];\n");
        foreach (var (method, number) in methods.Select((method, i) => (method, i)))
            text.Append(FormattableString.Invariant($"  m{number} [label=\"{Name(method)}\"{(method.HasCheckpoint ? ", peripheries=2" : "")}];\n"));
        text.Append(FormattableString.Invariant($"  outside [label=\"{Outside}\", shape=ellipse];\n"));
        foreach (var (from, to) in Edges(methods)) text.Append(FormattableString.Invariant($"  {from} -> {to};\n"));
        return text.Append("}\n").ToString();
    }

    public static string Mermaid(IReadOnlyList<ReportedMethod> methods)
    {
        var text = new StringBuilder("flowchart TD\n");
        foreach (var (method, number) in methods.Select((method, i) => (method, i)))
            text.Append(FormattableString.Invariant($"  m{number}{(method.HasCheckpoint ? $"[[\"{Name(method)}\"]]" : $"[\"{Name(method)}\"]")}\n"));
        text.Append(FormattableString.Invariant($"  outside([\"{Outside}\"])\n"));
        foreach (var (from, to) in Edges(methods)) text.Append(FormattableString.Invariant($"  {from} --> {to}\n"));
        return text.ToString();
    }

    /// <summary>The calls, by the names that nodes have.</summary>
    public static IEnumerable<(string From, string To)> Edges(IReadOnlyList<ReportedMethod> methods)
    {
        var numbers = methods.Select((method, i) => (method.Calls.Key, i)).ToDictionary(pair => pair.Key, pair => pair.i);
        foreach (var (method, number) in methods.Select((method, i) => (method, i)))
        {
            foreach (var callee in method.Calls.Callees.Where(numbers.ContainsKey)) yield return ($"m{number}", $"m{numbers[callee]}");
            if (method.Calls.Leaves) yield return ($"m{number}", "outside");
        }
    }

    private static string Name(ReportedMethod method) => method.Calls.DisplayName.Replace("\"", "'", StringComparison.Ordinal);
}
