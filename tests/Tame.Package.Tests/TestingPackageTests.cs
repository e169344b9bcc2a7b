using System.IO.Compression;
using System.Text.RegularExpressions;
using static Tame.Package.Tests.PackedText;

namespace Tame.Package.Tests;

/// <summary>The packed test loop: it points to Tame alone, needs no test framework, and is all that a newcomer refers to.</summary>
public sealed partial class TestingPackageTests(PackedFeed feed)
{
    [Fact]
    public void It_depends_on_Tame_alone()
    {
        var version = Path.GetFileNameWithoutExtension(feed.Package)["Tame.".Length..];
        using var package = ZipFile.OpenRead(feed.Testing);
        Assert.Equal([$"<dependency id=\"Tame\" version=\"{version}\" include=\"All\" />"], Dependencies().Matches(Text(package, "Tame.Testing.nuspec")).Select(match => match.Value));
    }

    [Fact]
    public async Task The_program_of_its_readme_builds_without_a_warning_and_runs()
    {
        string program = ProgramOfReadme(feed.Testing);
        string project = feed.Newcomer("testing", ("Newcomer.csproj", "\"Tame\"", "\"Tame.Testing\""));
        await File.WriteAllTextAsync(Path.Combine(project, "Program.cs"), program, TestContext.Current.CancellationToken);
        var (ran, output) = await feed.RunAsync(project, "run", "-c", "Release", "-p:TreatWarningsAsErrors=true");
        Assert.True(ran == 0, output);
        Assert.EndsWith("passed after 01:00:00\n", output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [GeneratedRegex("<dependency [^>]*>|<frameworkReference [^>]*>")]
    private static partial Regex Dependencies();
}
