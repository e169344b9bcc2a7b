using System.Reflection;
using System.Text.RegularExpressions;

namespace Tame.Samples.Tests.TutorialPrograms;

/// <summary>The steps of docs/tutorial.md print what it says.</summary>
public sealed partial class TutorialTests
{
    private static readonly string s_page = File.ReadAllText(Path.Combine(
        typeof(TutorialTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "RepositoryRoot").Value!, "docs/tutorial.md"));

    public static TheoryData<string> Steps => [.. Outputs().Matches(s_page).Select(output => output.Groups["name"].Value)];

    [Theory]
    [MemberData(nameof(Steps))]
    public void Each_step_prints_what_the_page_says(string step)
    {
        var (_, output, error) = Command.Run(typeof(Tutorial.ChatRoom), step, "--virtual");
        string shown = Outputs().Matches(s_page).Single(match => match.Groups["name"].Value == step).Groups["output"].Value;
        string seen = output + FirstSentence().Match(error).Value;
        Assert.Equal(shown, Paths().Replace(seen.ReplaceLineEndings("\n"), "").TrimEnd());
    }

    [Fact]
    public void Each_step_that_prints_is_on_the_page() =>
        Assert.Equal(["both", "countdown", "first", "limit", "lost", "task", "window"], Steps.Select(step => step.Data).Order(StringComparer.Ordinal));

    [GeneratedRegex(@"<!-- output: (?<name>\w+) -->\n```text\n(?<output>[^`]*?)\n```")]
    private static partial Regex Outputs();

    /// <summary>What an unhandled exception says first.</summary>
    [GeneratedRegex(@"Unhandled exception[^\n]*? was lost")]
    private static partial Regex FirstSentence();

    [GeneratedRegex(@"Tutorial\.|(?<= )/[^ ]*/")]
    private static partial Regex Paths();
}
