using System.Reflection;
using System.Text.RegularExpressions;
using Tame.IO;
using WebPrograms;

namespace Tame.Samples.Tests.Web;

/// <summary>The programs of samples/Web print what docs/http.md says, over the system's network and over one in memory.</summary>
public sealed partial class WebTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Each_program_prints_what_the_page_says(bool inMemory)
    {
        var page = File.ReadAllText(Path.Combine(Repository, "docs/http.md"));
        var shown = Runs().Matches(page).ToDictionary(run => run.Groups["name"].Value, run => run.Groups["output"].Value.Replace("\n    ", "\n", StringComparison.Ordinal).TrimStart('\n') + "\n");
        Assert.Equal(Programs.All.Keys.Order(StringComparer.Ordinal), shown.Keys.Order(StringComparer.Ordinal));
        Assert.All(Programs.All, program =>
        {
            using var output = new StringWriter { NewLine = "\n" };
            var options = inMemory ? new EventLoopOptions { Network = new MemoryNetwork(), VirtualTime = true } : new EventLoopOptions();
            EventLoop.Run(done => program.Value(output, done), options);
            Assert.Equal(shown[program.Key], output.ToString());
        });
    }

    [GeneratedRegex(@"    \$ dotnet run --project samples/Web -- (?<name>\w+)(?<output>(\n    .+)+)")]
    private static partial Regex Runs();

    /// <summary>Every test project is told where the repository is.</summary>
    private static string Repository { get; } = typeof(WebTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == "RepositoryRoot").Value!;
}
