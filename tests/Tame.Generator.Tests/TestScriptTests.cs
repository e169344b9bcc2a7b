using System.Text.RegularExpressions;

namespace Tame.Generator.Tests;

/// <summary>The scripts beside the tests, which run some tests at length, name tests that exist.</summary>
public sealed partial class TestScriptTests
{
    public static TheoryData<string> Scripts =>
        new("Tame.IO.Tests/long", "Tame.Language.Tests/fuzz", "Tame.Language.Tests/mutate", "Tame.Runtime.Tests/long", "Tame.Samples.Tests/long");

    [Theory]
    [MemberData(nameof(Scripts))]
    public void The_filters_of_a_script_match_tests(string script)
    {
        string[] filters = [.. Filter.Matches(Repository.Read("tests/" + script)).Select(match => match.Groups["filter"].Value)];
        Assert.NotEmpty(filters);
        string project = script[..script.IndexOf('/')];
        string[] names = [.. Repository.SourceFiles("tests/" + project).SelectMany(path => Names(Repository.Read(path)))];
        Assert.Equal([], filters.Where(filter => !Matches(filter, names)));
    }

    [Theory]
    [InlineData("*.WakeTests", true)]
    [InlineData("*WakeTests", true)]
    [InlineData("*.A_loop_wakes", true)]
    [InlineData("*Wake*Tests", false)]      // the runner allows a star at the ends only
    [InlineData("*.SleepTests", false)]
    public void A_filter_matches_what_the_runner_would_match(string filter, bool isMatch) =>
        Assert.Equal(isMatch, Matches(filter, Names("public sealed class WakeTests { [Fact] public void A_loop_wakes() { } }")));

    [Fact]
    public void Each_script_is_looked_at()
    {
        string tests = Path.Combine(Repository.Root, "tests");
        var scripts = Directory.EnumerateDirectories(tests, "*.Tests").SelectMany(folder => Directory.EnumerateFiles(folder)).Where(file => Path.GetExtension(file).Length == 0);
        Assert.Equal(scripts.Select(file => Path.GetRelativePath(tests, file)).Order(StringComparer.Ordinal), Scripts.Select(row => row.Data).Order(StringComparer.Ordinal));
    }

    private static bool Matches(string filter, IEnumerable<string> names)
    {
        string name = filter.Trim('*');
        return !name.Contains('*', StringComparison.Ordinal) && names.Any(full => full.EndsWith(name, StringComparison.Ordinal));
    }

    /// <summary>The classes and methods of a file, each as the end of its full name.</summary>
    private static IEnumerable<string> Names(string text) => Declared.Matches(text).Select(match => "." + match.Groups["name"].Value);

    [GeneratedRegex(@"(?:class=|--filter-(?:class|method) )'(?<filter>[^']+)'")]
    private static partial Regex Filter { get; }

    [GeneratedRegex(@"(?:\bclass|public (?:void|async Task)) (?<name>\w+)")]
    private static partial Regex Declared { get; }
}
