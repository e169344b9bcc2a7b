using System.Globalization;
using System.Net;
using System.Text;

namespace Tame.Report;

/// <summary>Draws the graph of calls: callers above what they call, as far as there are no cycles.</summary>
internal static class SvgGraph
{
    private const int RowHeight = 80;
    private const int BoxHeight = 28;
    private const int LetterWidth = 7;
    private const int Gap = 24;

    private sealed record Box(string Id, string Name, int Layer, bool HasCheckpoint)
    {
        public int Width => (Name.Length * LetterWidth) + 20;

        public int Left { get; set; }

        public int Top => Gap + (Layer * RowHeight);

        public int Middle => Left + (Width / 2);
    }

    public static string Draw(IReadOnlyList<ReportedMethod> methods)
    {
        var edges = GraphText.Edges(methods).ToList();
        var names = methods.Select((method, i) => (Id: $"m{i}", Name: method.Calls.DisplayName, method.HasCheckpoint)).Append((Id: "outside", Name: GraphText.Outside, HasCheckpoint: false)).ToList();
        var layers = Layers([.. names.Select(name => name.Id)], edges);
        var boxes = names.Select(name => new Box(name.Id, name.Name, layers[name.Id], name.HasCheckpoint)).ToList();
        foreach (var row in boxes.GroupBy(box => box.Layer))
        {
            var left = Gap;
            foreach (var box in row)
            {
                box.Left = left;
                left += box.Width + Gap;
            }
        }

        return Write(boxes, edges);
    }

    /// <summary>The longest way from a node that nothing calls; an edge that closes a cycle does not count.</summary>
    private static Dictionary<string, int> Layers(List<string> nodes, List<(string From, string To)> edges)
    {
        var layers = nodes.ToDictionary(node => node, _ => 0);
        for (var round = 0; round < nodes.Count; round++)
        {
            var isChanged = false;
            foreach (var (from, to) in edges.Where(edge => edge.From != edge.To && layers[edge.To] <= layers[edge.From] && layers[edge.From] + 1 < nodes.Count && !Reaches(edge.To, edge.From, edges)))
            {
                layers[to] = layers[from] + 1;
                isChanged = true;
            }

            if (!isChanged) break;
        }

        return layers;
    }

    private static bool Reaches(string from, string to, List<(string From, string To)> edges)
    {
        var seen = new HashSet<string> { from };
        var left = new Queue<string>([from]);
        while (left.TryDequeue(out var at))
        {
            if (at == to) return true;
            foreach (var (_, next) in edges.Where(edge => edge.From == at && seen.Add(edge.To))) left.Enqueue(next);
        }

        return false;
    }

    private static string Write(List<Box> boxes, List<(string From, string To)> edges)
    {
        var at = boxes.ToDictionary(box => box.Id);
        var (width, height) = (boxes.Max(box => box.Left + box.Width) + (2 * Gap), boxes.Max(box => box.Top) + BoxHeight + Gap);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" font-family=\"monospace\" font-size=\"11\">\n");
        text.Append("<defs><marker id=\"to\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"8\" markerHeight=\"8\" orient=\"auto\"><path d=\"M0 0L8 4L0 8z\" fill=\"gray\"/></marker></defs>\n");
        foreach (var (from, to) in edges.Select(edge => (at[edge.From], at[edge.To])))
        {
            var path = ReferenceEquals(from, to)
                ? FormattableString.Invariant($"M{from.Left + from.Width} {from.Top + 8}c20 -8 20 20 0 12")
                : FormattableString.Invariant($"M{from.Middle} {(from.Layer < to.Layer ? from.Top + BoxHeight : from.Top)}L{to.Middle} {(from.Layer < to.Layer ? to.Top : to.Top + BoxHeight)}");
            text.Append(CultureInfo.InvariantCulture, $"<path d=\"{path}\" fill=\"none\" stroke=\"gray\" marker-end=\"url(#to)\"/>\n");
        }

        foreach (var box in boxes)
        {
            text.Append(CultureInfo.InvariantCulture, $"<rect x=\"{box.Left}\" y=\"{box.Top}\" width=\"{box.Width}\" height=\"{BoxHeight}\" fill=\"white\" stroke=\"black\" stroke-width=\"{(box.HasCheckpoint ? 3 : 1)}\"/>");
            text.Append(CultureInfo.InvariantCulture, $"<text x=\"{box.Middle}\" y=\"{box.Top + 18}\" text-anchor=\"middle\">{WebUtility.HtmlEncode(box.Name)}</text>\n");
        }

        return text.Append("</svg>\n").ToString();
    }
}
