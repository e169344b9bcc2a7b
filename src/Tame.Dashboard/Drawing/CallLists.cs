using System.Globalization;
using System.Text;

namespace Tame.Dashboards.Drawing;

/// <summary>Waiting calls as a list in HTML. Calls with equal trees share one entry, so that the list of ten thousand clients has only a few lines.</summary>
internal static class CallLists
{
    private const int MostEntries = 50;
    private const int MostTimes = 20;

    /// <param name="calls">The calls to list, the longest waiting first.</param>
    /// <param name="blocked">All calls that wait.</param>
    public static string Of(IReadOnlyList<BlockedCall> calls, IReadOnlyList<BlockedCall> blocked)
    {
        var html = new StringBuilder();
        if (calls.Count == 0)
            return "";
        var callers = new Dictionary<BlockedCall, BlockedCall>(ReferenceEqualityComparer.Instance);
        foreach (var call in blocked)
        {
            foreach (var callee in call.WaitsFor)
                callers.TryAdd(callee, call);
        }
        var entries = calls.GroupBy(call => CallTrees.Of(call, callers), StringComparer.Ordinal).ToList();
        html.Append("<ul class=\"calls\">");
        foreach (var entry in entries.Take(MostEntries))
            Append(html, entry.Key, [.. entry.Select(call => call.Since)]);
        html.Append("</ul>");
        if (entries.Count > MostEntries)
            html.Append("<p class=\"more\">… and ").Append(Amounts.Calls(entries.Skip(MostEntries).Sum(entry => entry.Count()))).Append(" more</p>");
        return html.ToString();
    }

    /// <summary>Times with the same text count as equal.</summary>
    private static IEnumerable<string> Times(List<TimeSpan> times)
    {
        var groups = times.GroupBy(Amounts.Time).Select(group => group.Count() == 1 ? group.Key : string.Create(CultureInfo.InvariantCulture, $"{group.Key} × {group.Count()}")).ToList();
        return groups.Count <= MostTimes ? groups : groups.Take(MostTimes).Append("…");
    }

    private static void Append(StringBuilder html, string tree, List<TimeSpan> times)
    {
        html.Append(CultureInfo.InvariantCulture, $"<li data-count=\"{times.Count}\"><details open><summary><b>").Append(Amounts.Calls(times.Count)).Append("</b> ");
        html.Append(times.Count == 1 ? "for " : "longest ").Append(Amounts.Time(times[0])).Append("</summary>");
        if (times.Count > 1)
            html.Append("<p class=\"times\">").AppendJoin(", ", Times(times)).Append("</p>");
        html.Append(tree).Append("</details></li>");
    }
}

/// <summary>A waiting call as a tree in HTML: the calls that wait for it, itself, and below it the calls that it waits for.</summary>
internal sealed class CallTrees
{
    private const int MostLines = 100;
    private readonly StringBuilder _html = new();
    private readonly HashSet<BlockedCall> _shown = new(ReferenceEqualityComparer.Instance);
    private int _lines;

    public static string Of(BlockedCall call, Dictionary<BlockedCall, BlockedCall> callers)
    {
        var above = new Stack<BlockedCall>();
        var seen = new HashSet<BlockedCall>(ReferenceEqualityComparer.Instance) { call };
        for (var at = call; above.Count < MostLines / 2 && callers.TryGetValue(at, out var caller) && seen.Add(caller); at = caller)
            above.Push(caller);
        var tree = new CallTrees();
        int depth = above.Count;
        foreach (var caller in above)
            tree._html.Append("<ul class=\"tree\"><li>").Append(Line(caller, "caller"));
        tree.Add(call, "here");
        for (int i = 0; i < depth; i++)
            tree._html.Append("</li></ul>");
        return tree._html.ToString();
    }

    private void Add(BlockedCall call, string kind)
    {
        _html.Append("<ul class=\"tree\"><li>").Append(Line(call, kind));
        if (!_shown.Add(call))
            _html.Append(" <small>shown above</small>");
        else if (_lines++ < MostLines)
        {
            foreach (var callee in call.WaitsFor.TakeWhile(_ => _lines < MostLines))
                Add(callee, "callee");
        }
        _html.Append("</li></ul>");
    }

    private static string Line(BlockedCall call, string kind) =>
        $"<span class=\"{kind}\">{Labels.Escape(Labels.ShortName(call.Method))}</span> <small>{Labels.Escape(Labels.ShortFile(call.File))}:{call.Line.ToString(CultureInfo.InvariantCulture)}</small>";
}
