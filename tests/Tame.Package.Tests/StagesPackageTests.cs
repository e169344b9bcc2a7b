using System.IO.Compression;
using System.Text.RegularExpressions;
using static Tame.Package.Tests.PackedText;

namespace Tame.Package.Tests;

/// <summary>The packed stages: they point to Tame alone, and are all that a newcomer refers to.</summary>
public sealed partial class StagesPackageTests(PackedFeed feed)
{
    [Fact]
    public void They_depend_on_Tame_alone()
    {
        var version = Path.GetFileNameWithoutExtension(feed.Package)["Tame.".Length..];
        using var package = ZipFile.OpenRead(feed.Stages);
        Assert.Equal([$"<dependency id=\"Tame\" version=\"{version}\" include=\"All\" />"], Dependencies().Matches(Text(package, "Tame.Stages.nuspec")).Select(match => match.Value));
    }

    [Fact]
    public async Task The_program_of_its_readme_builds_without_a_warning_and_runs()
    {
        string program = ProgramOfReadme(feed.Stages);
        string project = feed.Newcomer("stages", ("Newcomer.csproj", "\"Tame\"", "\"Tame.Stages\""));
        await File.WriteAllTextAsync(Path.Combine(project, "Program.cs"), program, TestContext.Current.CancellationToken);
        var (ran, output) = await feed.RunAsync(project, "run", "-c", "Release", "-p:TreatWarningsAsErrors=true");
        Assert.True(ran == 0, output);
        Assert.EndsWith("Ada: Accepted\nBob: Accepted\nCyd: Full\nhello Ada\nhello Bob\n", output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [GeneratedRegex("<dependency [^>]*>|<frameworkReference [^>]*>")]
    private static partial Regex Dependencies();
}
