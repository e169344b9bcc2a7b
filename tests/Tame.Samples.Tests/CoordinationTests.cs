using System.Reflection;
using System.Text.RegularExpressions;
using Coordination;

namespace Tame.Samples.Tests;

/// <summary>The programs that docs/coordination.md shows print what it says.</summary>
public sealed partial class CoordinationTests
{
    [Fact]
    public void The_page_shows_each_program()
    {
        Assert.Equal(Programs.All.Keys.Order(StringComparer.Ordinal), Shown().Keys.Order(StringComparer.Ordinal));
        var page = Page();
        Assert.All(Directory.EnumerateFiles(Path.Combine(Repository, "samples/Coordination"), "*.cs"), file =>
            Assert.All(Regions().Matches(File.ReadAllText(file)), region =>
                Assert.Contains($"<!-- code: samples/Coordination/{Path.GetFileName(file)}#{region.Groups["name"].Value} -->", page, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("semaphore")]
    [InlineData("barrier")]
    [InlineData("halves")]
    [InlineData("race")]
    [InlineData("hedge")]
    [InlineData("retry")]
    [InlineData("ticker")]
    [InlineData("flight")]
    [InlineData("breaker")]
    [InlineData("limiter")]
    public void Each_program_prints_what_the_page_says(string name)
    {
        using var output = new StringWriter { NewLine = "\n" };
        Programs.All[name](output);
        Assert.Equal(Shown()[name], output.ToString());
    }

    private static Dictionary<string, string> Shown() => Runs().Matches(Page())
        .ToDictionary(run => run.Groups["name"].Value, run => run.Groups["output"].Value.Replace("\n    ", "\n", StringComparison.Ordinal).TrimStart('\n') + "\n");

    private static string Page() => File.ReadAllText(Path.Combine(Repository, "docs/coordination.md"));

    private static string Repository { get; } = typeof(CoordinationTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == "RepositoryRoot").Value!;

    [GeneratedRegex(@"    \$ dotnet run --project samples/Coordination -- (?<name>\w+)(?<output>(\n    .+)+)")]
    private static partial Regex Runs();

    [GeneratedRegex(@"#region (?<name>\w+)")]
    private static partial Regex Regions();
}
