using System.Text.RegularExpressions;
using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Wrong;

/// <summary>
/// A program with one mistake, and the corrected program, written as a difference: lines that begin with <c>-</c> are only in the wrong program, those with
/// <c>+</c> only in the corrected one. <c>[|…|]</c> marks what must be reported. A case without lines of the second kind has no corrected program.
/// </summary>
internal sealed partial record Case(string Rule, string Title, string Wrong, string? Mended)
{
    public static string Folder => "tests/Tame.Generator.Tests/Wrong/";

    /// <summary>The cases of one rule, from its page: a heading and a block of code for each.</summary>
    public static IEnumerable<Case> Of(string rule) =>
        from block in Blocks().Matches(Repository.Read($"{Folder}{rule}.md").ReplaceLineEndings("\n"))
        let lines = block.Groups["code"].Value.Split('\n')
        select new Case(rule, block.Groups["title"].Value, Side(lines, '-', '+'), lines.Any(IsMend) ? Side(lines, '+', '-').Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal) : null);

    public static IEnumerable<string> Rules() =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, Folder), "TAME*.md").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal);

    private static bool IsMend(string line) => line.StartsWith('+') || line.StartsWith('-');

    private static string Side(IEnumerable<string> lines, char kept, char left) =>
        Repeated.Expand(string.Join("\n", lines.Where(line => !line.StartsWith(left)).Select(line => line.StartsWith(kept) ? " " + line[1..] : line)));

    [GeneratedRegex(@"^## (?<title>.+)\n+```diff\n(?<code>(.*\n)*?)```$", RegexOptions.Multiline)]
    private static partial Regex Blocks();
}
