using System.Text.Json;
using System.Text.RegularExpressions;

namespace Tame.Generator.Tests.Documents;

/// <summary>CI builds in Release what users get: each project of src, samples, and tools.</summary>
public sealed partial class ReleaseFilterTests
{
    [Fact]
    public void The_filter_has_each_project_that_people_get()
    {
        string[] folders = ["src/", "samples/", "tools/"];
        var expected = Project().Matches(Repository.Read("Tame.sln")).Select(match => match.Groups[1].Value.Replace('\\', '/'))
            .Where(path => folders.Any(folder => path.StartsWith(folder, StringComparison.Ordinal))).Order(StringComparer.Ordinal);
        using var filter = JsonDocument.Parse(Repository.Read("build/Release.slnf"));
        var listed = filter.RootElement.GetProperty("solution").GetProperty("projects").EnumerateArray().Select(path => path.GetString()!);
        Assert.Equal(expected, listed);     // build/release-filter writes it
    }

    [GeneratedRegex(@"""([^""]+\.csproj)""")]
    private static partial Regex Project();
}
