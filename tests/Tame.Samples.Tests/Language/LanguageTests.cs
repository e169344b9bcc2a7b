using System.Reflection;
using System.Text.RegularExpressions;
using Language;

namespace Tame.Samples.Tests.Language;

/// <summary>The examples of docs/language.md print what it says under each.</summary>
public sealed partial class LanguageTests
{
    public static TheoryData<string> Names => [.. Examples.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_example_prints_what_the_page_says(string name) => Assert.Equal(Shown.Single(line => line.Name == name).Printed, Examples.Run(name));

    [Fact]
    public void The_page_shows_each_example_once_and_in_the_order_of_the_program() => Assert.Equal(Examples.All.Keys, Shown.Select(line => line.Name));

    private static List<(string Name, string Printed)> Shown { get; } =
        [.. Lines().Matches(File.ReadAllText(Path.Combine(Repository, "docs/language.md"))).Select(line => (line.Groups["name"].Value, line.Groups["printed"].Value))];

    [GeneratedRegex(@"^    (?<name>\w+): (?<printed>.+)$", RegexOptions.Multiline)]
    private static partial Regex Lines();

    /// <summary>Every test project is told where the repository is.</summary>
    private static string Repository => typeof(LanguageTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == "RepositoryRoot").Value!;
}
