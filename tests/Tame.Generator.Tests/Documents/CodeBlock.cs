using System.Text.RegularExpressions;

namespace Tame.Generator.Tests.Documents;

/// <summary>
/// A C# block of a Markdown document, with the comment line above it that says where its code comes from: <c>&lt;!-- code: FILE#REGION --&gt;</c>,
/// <c>&lt;!-- generated: FILE#METHOD --&gt;</c> or <c>&lt;!-- excerpt: FILE#METHOD --&gt;</c>.
/// </summary>
internal sealed partial record CodeBlock(string Kind, string File, string Part, string Text)
{
    public static IReadOnlyList<CodeBlock> Of(string markdown) =>
        [.. Blocks().Matches(markdown).Select(m => new CodeBlock(m.Groups["kind"].Value, m.Groups["file"].Value, m.Groups["part"].Value, m.Groups["text"].Value))];

    /// <summary>The document with each block's text replaced by the text of its source.</summary>
    public static string Refresh(string markdown, Func<CodeBlock, string> source) => Blocks().Replace(markdown, match =>
    {
        var text = match.Groups["text"];
        var block = Of(match.Value).Single();
        return match.Value[..(text.Index - match.Index)] + source(block) + match.Value[(text.Index - match.Index + text.Length)..];
    });

    /// <summary>A region's lines without its indentation. The region must occur exactly once.</summary>
    public static string Region(string code, string name)
    {
        var lines = code.Split('\n').Select(line => line.TrimEnd()).ToList();
        var start = lines.FindIndex(line => line.TrimStart() == "#region " + name);
        Assert.True(start >= 0, $"There is no '#region {name}'.");
        var end = lines.FindIndex(start, line => line.TrimStart().StartsWith("#endregion", StringComparison.Ordinal));
        var inside = lines[(start + 1)..end];
        var indent = inside.Where(line => line.Length > 0).Min(line => line.Length - line.TrimStart().Length);
        return string.Concat(inside.Select(line => (line.Length == 0 ? "" : line[indent..]) + "\n"));
    }

    /// <summary>
    /// A text whose lines are in one method's part of a golden file, in this order. The lines between two lines <c>// …</c> are consecutive, except for the
    /// <c>#line</c> directives among them. If a line does not follow, the result names the first such line instead of the text.
    /// </summary>
    public static string Excerpt(string golden, string method, string text)
    {
        var part = golden.Split("// ---- ").Single(file => file.StartsWith(method + "-", StringComparison.Ordinal));
        var lines = part.Split('\n').Where(line => !line.StartsWith("#line", StringComparison.Ordinal)).ToList();
        var next = 0;
        foreach (var piece in text.Split("// …\n"))
        {
            var wanted = piece.TrimEnd('\n').Split('\n');
            var found = lines.FindIndex(next, line => line.EndsWith(wanted[0], StringComparison.Ordinal) && string.IsNullOrWhiteSpace(line[..^wanted[0].Length]));
            if (found < 0) return wanted[0];
            var indent = lines[found][..^wanted[0].Length];
            for (var i = 0; i < wanted.Length; i++)
            {
                if (found + i >= lines.Count || lines[found + i] != (wanted[i].Length == 0 ? "" : indent + wanted[i])) return wanted[i];
            }

            next = found + wanted.Length;
        }

        return text;
    }

    // The comment is optional here, so that a block without one is also found: its kind is empty.
    [GeneratedRegex(@"(<!-- (?<kind>code|generated|excerpt): (?<file>[^#\s]+)#(?<part>\S+) -->\n)?```csharp\n(?<text>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Blocks();
}
