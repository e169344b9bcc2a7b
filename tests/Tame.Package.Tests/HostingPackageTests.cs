using System.IO.Compression;
using System.Text.RegularExpressions;
using static Tame.Package.Tests.PackedText;

namespace Tame.Package.Tests;

/// <summary>The packed loops of a host: they need Tame and four of .NET's own packages, and are all that a newcomer with a host refers to.</summary>
public sealed partial class HostingPackageTests(PackedFeed feed)
{
    [Fact]
    public void They_depend_on_Tame_and_on_abstractions_of_hosts()
    {
        using var package = ZipFile.OpenRead(feed.Hosting);
        Assert.Equal(
            ["Microsoft.Extensions.Diagnostics.HealthChecks", "Microsoft.Extensions.Hosting.Abstractions", "Microsoft.Extensions.Logging.Abstractions", "Microsoft.Extensions.Options", "Tame"],
            Dependencies().Matches(Text(package, "Tame.Hosting.nuspec")).Select(match => match.Groups["id"].Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_program_of_its_readme_builds_without_a_warning_and_runs()
    {
        string program = ProgramOfReadme(feed.Hosting);
        string project = feed.Newcomer("hosting", ("Newcomer.csproj", "\"Tame\"", "\"Tame.Hosting\""), ("Newcomer.csproj", "</Project>", "<ItemGroup><FrameworkReference Include=\"Microsoft.AspNetCore.App\" /></ItemGroup></Project>"));
        await File.WriteAllTextAsync(Path.Combine(project, "Program.cs"), program, TestContext.Current.CancellationToken);
        var (ran, output) = await feed.RunAsync(project, "run", "-c", "Release", "-p:TreatWarningsAsErrors=true");
        Assert.True(ran == 0, output);
        Assert.EndsWith("4 words\n", output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [GeneratedRegex("<(?:dependency|frameworkReference) (?:id|name)=\"(?<id>[^\"]*)\"")]
    private static partial Regex Dependencies();
}
