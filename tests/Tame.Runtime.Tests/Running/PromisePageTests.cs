using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Tame.Runtime.Tests.Running;

/// <summary>Promises.md names a test for each promise of docs/runtime.md.</summary>
public sealed partial class PromisePageTests
{
    private static readonly string s_tests = Path.GetFullPath(Path.Combine(Here(), "..", ".."));
    private static readonly string[] s_page = File.ReadAllLines(Path.Combine(s_tests, "..", "docs", "runtime.md"));
    private static readonly string[] s_promises = File.ReadAllLines(Path.Combine(s_tests, "Tame.Runtime.Tests", "Promises.md"));

    [Fact]
    public void Each_test_that_is_named_exists()
    {
        var tests = Directory.EnumerateDirectories(s_tests, "*.Tests").SelectMany(Tests).ToHashSet();
        var named = Rows(isPromise: true).Select(row => Name.Matches(row.Second).Select(match => match.Groups["test"].Value).ToArray()).ToArray();
        Assert.All(named, Assert.NotEmpty);
        Assert.Equal([], named.SelectMany(names => names).Except(tests));
    }

    [Fact]
    public void Each_quote_is_on_the_page_once()
    {
        var paragraphs = Paragraphs().ToArray();
        Assert.Equal([], Quotes().Where(quote => paragraphs.Sum(text => Regex.Count(text, Regex.Escape(quote))) != 1));
    }

    [Fact]
    public void Each_paragraph_bullet_and_table_row_of_the_page_is_quoted()
    {
        var quotes = Quotes().ToArray();
        var paragraphs = Paragraphs().ToArray();
        Assert.True(paragraphs.Length > 80, $"{paragraphs.Length}");
        Assert.Equal([], paragraphs.Where(text => !quotes.Any(quote => text.Contains(quote, StringComparison.Ordinal))));
    }

    [Fact]
    public void The_sections_are_those_of_the_page() =>
        Assert.Equal(Headings(s_page), Headings(s_promises).Skip(1).Where(heading => heading is not ("Not shown" or "No promise")));

    private static IEnumerable<string> Headings(string[] lines) =>
        lines.Where(line => line.StartsWith('#')).Select(line => line.TrimStart('#', ' '));

    /// <summary>The paragraphs, bullets, and table rows of the page on a line each, without code, headings, and the list of contents.</summary>
    private static IEnumerable<string> Paragraphs()
    {
        string text = string.Join('\n', s_page);
        foreach (var other in new[] { Fence, Heading, Contents, Indented })
            text = other.Replace(text, "\n");
        return Start.Split(text).Select(paragraph => Space.Replace(paragraph, " ").Trim()).Where(paragraph => paragraph.Length != 0);
    }

    private static IEnumerable<string> Quotes() => Rows(isPromise: true).Concat(Rows(isPromise: false)).Select(row => row.First);

    private static IEnumerable<(string First, string Second)> Rows(bool isPromise)
    {
        int end = Array.IndexOf(s_promises, "## Not shown");
        Assert.True(end > 0);
        foreach (string line in isPromise ? s_promises[..end] : s_promises[end..])
        {
            if (!line.StartsWith("| ", StringComparison.Ordinal) || line is "| promise | tests |" or "| sentence | why |")
                continue;
            string[] cells = line.Trim('|').Split(" | ");
            Assert.True(cells.Length == 2, line);
            yield return (cells[0].Trim(), cells[1].Trim());
        }
    }

    private static IEnumerable<string> Tests(string project) =>
        from file in Directory.EnumerateFiles(project, "*.cs", SearchOption.AllDirectories)
        where !Built.IsMatch(file)
        from Match test in Test.Matches(File.ReadAllText(file))
        select $"{Path.GetFileNameWithoutExtension(file)}.{test.Groups["test"].Value}";

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;

    [GeneratedRegex(@"\[(?:Fact|Theory)\b.*\s*(?:\[.*\]\s*)*public (?:async Task|void) (?<test>\w+)")]
    private static partial Regex Test { get; }

    [GeneratedRegex(@"`(?<test>\w+\.\w+)`")]
    private static partial Regex Name { get; }

    [GeneratedRegex(@"[\\/](?:bin|obj)[\\/]")]
    private static partial Regex Built { get; }

    [GeneratedRegex(@"^```\w+\n.*?\n```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence { get; }

    [GeneratedRegex(@"^(?:#.*|<!--.*|\| what .*|\|--.*)$", RegexOptions.Multiline)]
    private static partial Regex Heading { get; }

    [GeneratedRegex(@"^- \[.*\]\(#.*$", RegexOptions.Multiline)]
    private static partial Regex Contents { get; }

    /// <summary>The output of programs.</summary>
    [GeneratedRegex("^    .*$", RegexOptions.Multiline)]
    private static partial Regex Indented { get; }

    /// <summary>Before a paragraph, a bullet or a row.</summary>
    [GeneratedRegex(@"\n\s*\n|\n(?=- |\| )")]
    private static partial Regex Start { get; }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space { get; }
}
