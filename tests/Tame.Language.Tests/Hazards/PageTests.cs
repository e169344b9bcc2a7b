using System.Reflection;
using System.Text.RegularExpressions;

namespace Tame.Language.Tests.Hazards;

/// <summary>The page that names a test for each hazard names tests that exist, and all of this folder's.</summary>
public sealed partial class PageTests
{
    private static readonly string s_tests = Path.Combine(
        typeof(PageTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!, "tests");

    private static readonly string s_page = File.ReadAllText(Path.Combine(s_tests, "Tame.Language.Tests", "Hazards", "README.md"));

    [GeneratedRegex(@"`(?<generator>generator:)?(?<file>[\w/]+)\.(?<test>\w+)`")]
    private static partial Regex Named { get; }

    [GeneratedRegex(@"\[(?:Fact|Theory)[^\]]*\]\s*(?:\[.*\]\s*)*public (?:async Task|void) (?<test>\w+)")]
    private static partial Regex Test { get; }

    [Fact]
    public void Each_test_that_the_page_names_exists()
    {
        var named = Named.Matches(s_page);
        Assert.True(named.Count > 70);
        Assert.All(named, name => Assert.Contains(name.Groups["test"].Value, TestsOf(Path.Combine(
            s_tests, name.Groups["generator"].Success ? "Tame.Generator.Tests" : "Tame.Language.Tests", name.Groups["file"].Value + ".cs"))));
    }

    [Fact]
    public void Each_test_of_this_folder_is_named_on_the_page()
    {
        var named = Named.Matches(s_page).Select(name => name.Groups["test"].Value).ToHashSet();
        var own = Directory.EnumerateFiles(Path.Combine(s_tests, "Tame.Language.Tests", "Hazards"), "*.cs").Where(file => !file.EndsWith("PageTests.cs", StringComparison.Ordinal));
        Assert.All(own.SelectMany(TestsOf), test => Assert.Contains(test, named));
    }

    private static IEnumerable<string> TestsOf(string file) => Test.Matches(File.ReadAllText(file)).Select(test => test.Groups["test"].Value);
}
