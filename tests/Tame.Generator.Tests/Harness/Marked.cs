using Microsoft.CodeAnalysis.Text;

namespace Tame.Generator.Tests.Harness;

/// <summary>A source in which <c>[|…|]</c> marks the places at which a diagnostic must be.</summary>
internal sealed record Marked(string Text, IReadOnlyList<TextSpan> Places)
{
    private const string Open = "[|";
    private const string Close = "|]";

    public static Marked Parse(string source)
    {
        var text = "";
        var places = new List<TextSpan>();
        for (var at = 0; ;)
        {
            var open = source.IndexOf(Open, at, StringComparison.Ordinal);
            if (open < 0) return new Marked(text + source[at..], places);
            var close = source.IndexOf(Close, open, StringComparison.Ordinal);
            Assert.True(close >= 0, "A mark is open: " + source[open..]);
            text += source[at..open];
            var marked = source[(open + Open.Length)..close];
            places.Add(new TextSpan(text.Length, marked.Length));
            text += marked;
            at = close + Close.Length;
        }
    }
}
