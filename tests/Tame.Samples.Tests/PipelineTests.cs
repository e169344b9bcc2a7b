using System.Reflection;
using System.Text.RegularExpressions;
using Pipeline;

namespace Tame.Samples.Tests;

/// <summary>The program that docs/stages.md shows prints what it says.</summary>
public sealed partial class PipelineTests
{
    [Fact]
    public void The_program_prints_what_the_page_says()
    {
        var root = typeof(PipelineTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "RepositoryRoot").Value!;
        var shown = Run().Match(File.ReadAllText(Path.Combine(root, "docs/stages.md"))).Groups["output"].Value.Replace("\n    ", "\n", StringComparison.Ordinal).TrimStart('\n') + "\n";
        using var output = new StringWriter { NewLine = "\n" };
        Orders.RunAll(output);
        Assert.Equal(shown, output.ToString());
    }

    [GeneratedRegex(@"    \$ dotnet run --project samples/Pipeline(?<output>(\n    .+)+)")]
    private static partial Regex Run();
}
