using System.Reflection;
using System.Text.RegularExpressions;
using Outcomes;

namespace Tame.Samples.Tests.Outcomes;

/// <summary>The programs that docs/runtime.md shows print what it says.</summary>
public sealed partial class OutcomesTests
{
    [Fact]
    public void The_first_failure_is_thrown_and_the_others_are_beside_it()
    {
        Assert.Equal("the sum is 4\n", Output((output, done) => Failures.Sum(["1", "3"], output, done)));
        Assert.Equal("no number: The input string 'two' was not in a correct format.\n", Output((output, done) => Failures.Sum(["1", "two", "3"], output, done)));
        Assert.Equal(
            "no number: The input string 'two' was not in a correct format.\nnor here: The input string 'four' was not in a correct format.\n",
            Output((output, done) => Failures.Sum(["1", "two", "3", "four"], output, done)));
    }

    [Fact]
    public void The_order_of_the_asking_does_not_matter() =>
        Assert.Equal("hello from near\nnobody wanted the answer of far\n", Output((output, done) => Cancels.AskAll([("far", 200), ("near", 20)], output, done)));

    [Fact]
    public void Each_program_prints_what_the_page_says()
    {
        var page = File.ReadAllText(Path.Combine(Repository, "docs/runtime.md"));
        var shown = Runs().Matches(page).ToDictionary(run => run.Groups["name"].Value, run => run.Groups["output"].Value.Replace("\n    ", "\n", StringComparison.Ordinal).TrimStart('\n') + "\n");
        Assert.Equal(Programs.All.Keys.Order(StringComparer.Ordinal), shown.Keys.Order(StringComparer.Ordinal));
        Assert.All(Programs.All, program =>
        {
            using var output = new StringWriter { NewLine = "\n" };
            program.Value(output);
            Assert.Equal(shown[program.Key], output.ToString());
        });
    }

    [GeneratedRegex(@"    \$ dotnet run --project samples/Outcomes -- (?<name>\w+)(?<output>(\n    .+)+)")]
    private static partial Regex Runs();

    private static string Output(Action<TextWriter, Event> program)
    {
        using var output = new StringWriter { NewLine = "\n" };
        EventLoop.Run(done => program(output, done));
        return output.ToString();
    }

    /// <summary>Every test project is told where the repository is.</summary>
    private static string Repository { get; } = typeof(OutcomesTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == "RepositoryRoot").Value!;
}
