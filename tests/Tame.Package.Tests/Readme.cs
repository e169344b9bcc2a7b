using System.Text.RegularExpressions;

namespace Tame.Package.Tests;

/// <summary>The first page as a reader takes it in: a program to paste, what it prints, and how to break it.</summary>
internal static partial class Readme
{
    private static readonly string s_text = File.ReadAllText(Path.Combine(PackedFeed.Metadata("RepositoryRoot"), "README.md")).ReplaceLineEndings("\n");

    /// <summary>The first C# block.</summary>
    public static string Program => Block().Matches(s_text).First(block => block.Groups["kind"].Value == "csharp").Groups["text"].Value;

    /// <summary>The blocks of text: what the program prints, and how the broken one ends.</summary>
    public static IReadOnlyList<string> Outputs => [.. Block().Matches(s_text).Where(block => block.Groups["kind"].Value == "text").Select(block => block.Groups["text"].Value)];

    /// <summary>The program with the line replaced that the page says to replace.</summary>
    public static string BrokenProgram()
    {
        var edit = Edit().Match(s_text);
        Assert.True(edit.Success, "The page does not say how to break its program.");
        var lines = Program.Split('\n');
        var line = Assert.Single(lines, line => line.Contains(edit.Groups["old"].Value, StringComparison.Ordinal));
        return string.Join('\n', lines.Select(other => other == line ? line[..(line.Length - line.TrimStart().Length)] + edit.Groups["new"].Value : other));
    }

    /// <summary>The warning that the page says the broken program gets.</summary>
    public static string Warning => Warned().Match(s_text).Groups["id"].Value;

    [GeneratedRegex(@"^```(?<kind>\w+)\n(?<text>.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();

    [GeneratedRegex(@"Replace the `(?<old>[^`]+)` line with `(?<new>[^`]+)`")]
    private static partial Regex Edit();

    [GeneratedRegex(@"\(warning (?<id>TAME\d+)\)")]
    private static partial Regex Warned();
}
