using System.IO.Compression;
using System.Text.RegularExpressions;
using static Tame.Package.Tests.PackedText;

namespace Tame.Package.Tests;

/// <summary>The packed loops of grains: they point to Tame and to Orleans, whose generator a newcomer gets with them.</summary>
public sealed partial class OrleansPackageTests(PackedFeed feed)
{
    [Fact]
    public void They_depend_on_Tame_and_the_runtime_of_Orleans()
    {
        var version = Path.GetFileNameWithoutExtension(feed.Package)["Tame.".Length..];
        using var package = ZipFile.OpenRead(feed.Orleans);
        Assert.Equal(
            [$"<dependency id=\"Tame\" version=\"{version}\" include=\"All\" />", "<dependency id=\"Microsoft.Orleans.Runtime\" version=\"10.4.2\" include=\"All\" />"],
            Dependencies().Matches(Text(package, "Tame.Orleans.nuspec")).Select(match => match.Value));
    }

    /// <summary>Orleans comes from where this machine gets its packages.</summary>
    [Fact]
    public async Task The_program_of_its_readme_builds_without_a_warning_and_runs()
    {
        string program = ProgramOfReadme(feed.Orleans);
        string project = feed.Newcomer("orleans", ("Newcomer.csproj", "\"Tame\"", "\"Tame.Orleans\""), ("nuget.config", "<packageSources>\n    <clear />", "<packageSources>"));
        await File.WriteAllTextAsync(Path.Combine(project, "Program.cs"), program, TestContext.Current.CancellationToken);
        var (ran, output) = await feed.RunAsync(project, "run", "-c", "Release", "-p:TreatWarningsAsErrors=true");
        Assert.True(ran == 0, output);
        Assert.EndsWith("9\n", output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [GeneratedRegex("<dependency [^>]*>|<frameworkReference [^>]*>")]
    private static partial Regex Dependencies();
}
