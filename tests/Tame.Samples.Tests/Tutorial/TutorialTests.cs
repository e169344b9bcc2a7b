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
        seen = Address().Replace(seen, "http://127.0.0.1:5001/#token=…");
        Assert.Equal(shown, Paths().Replace(seen.ReplaceLineEndings("\n"), "").TrimEnd());
    }

    [Fact]
    public void Each_step_that_prints_is_on_the_page() =>
        Assert.Equal(["both", "countdown", "first", "limit", "lost", "task", "watch", "window"], Steps.Select(step => step.Data).Order(StringComparer.Ordinal));

    [GeneratedRegex(@"<!-- output: (?<name>\w+) -->\n```text\n(?<output>[^`]*?)\n```")]
    private static partial Regex Outputs();

    /// <summary>What an unhandled exception says first.</summary>
    [GeneratedRegex(@"Unhandled exception[^\n]*? was lost")]
    private static partial Regex FirstSentence();

    /// <summary>The dashboard of a test has a free port, and each has its token.</summary>
    [GeneratedRegex(@"http://127\.0\.0\.1:\d+/#token=\w+")]
    private static partial Regex Address();

    [GeneratedRegex(@"Tutorial\.|(?<= )/[^ ]*/")]
    private static partial Regex Paths();
}
