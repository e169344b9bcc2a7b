using System.Text.RegularExpressions;

namespace Tame.Package.Tests;

/// <summary>A project that cannot have tamed methods is told so in our words, or in NuGet's where those are as clear.</summary>
public sealed partial class RequirementTests(PackedFeed feed)
{
    [Fact]
    public async Task An_older_language_or_compiler_is_named_before_the_compiler_speaks()
    {
        var project = feed.Newcomer("too-old");
        var (failed, log) = await feed.RunAsync(project, "build", "-p:LangVersion=8");
        Assert.NotEqual(0, failed);
        Assert.Contains("Newcomer.csproj : error TAME091: Tame needs C# 11 or newer, and LangVersion is 8 in 'Newcomer'", log);
        Assert.DoesNotContain("CS8", log);

        (failed, log) = await feed.RunAsync(project, "build", "--no-restore", "-p:CompilerApiVersion=roslyn4.13");
        Assert.NotEqual(0, failed);
        Assert.Contains("Newcomer.csproj : error TAME090: The generator of Tame needs the C# compiler of Roslyn 4.14 or newer", log);
        Assert.DoesNotContain("CS8", log);
    }

    [Fact]
    public async Task Only_what_is_older_is_named()
    {
        const string Every = """
            <Project>
              <ItemGroup>
                <Language Include="ISO-1;iso-2;3;5;7.3;8.0;9;9.0;10;10.0;11;11.0;13;14.0;20;default;latest;latestMajor;preview" />
                <Compiler Include="roslyn3.11;roslyn4.0;roslyn4.9;roslyn4.13;roslyn4.14;roslyn4.20;roslyn5.0;roslyn5.9;roslyn10.1" />
              </ItemGroup>
              <Target Name="Ask">
                <MSBuild Projects="Newcomer.csproj" Targets="TameRequirements" ContinueOnError="true" Properties="LangVersion=%(Language.Identity)" />
                <MSBuild Projects="Newcomer.csproj" Targets="TameRequirements" ContinueOnError="true" Properties="CompilerApiVersion=%(Compiler.Identity)" />
              </Target>
            </Project>
            """;
        var project = feed.Newcomer("every-version");
        await File.WriteAllTextAsync(Path.Combine(project, "Every.proj"), Every, TestContext.Current.CancellationToken);
        var (restored, log) = await feed.RunAsync(project, "restore", "Newcomer.csproj");
        Assert.True(restored == 0, log);
        (_, log) = await feed.RunAsync(project, "msbuild", "Every.proj", "-t:Ask");
        Assert.Equal(
            ["ISO-1", "iso-2", "3", "5", "7.3", "8.0", "9", "9.0", "10", "10.0", "roslyn3.11", "roslyn4.0", "roslyn4.9", "roslyn4.13"],
            Named().Matches(log).Select(match => match.Groups["version"].Value).Distinct());
    }

    [Fact]
    public async Task An_older_framework_is_named_by_NuGet()
    {
        var project = feed.Newcomer("older-framework", ("Newcomer.csproj", "net10.0", "net9.0"));
        // That framework's own packs are no matter here, and not in the feed.
        var (failed, log) = await feed.RunAsync(project, "restore", "-p:DisableImplicitFrameworkReferences=true", "-p:UseAppHost=false");
        Assert.NotEqual(0, failed);
        Assert.Matches(@"error NU1202: Package Tame \S+ is not compatible with net9\.0 .*supports: net10\.0", log);
    }

    [GeneratedRegex(@"TAME09\d: .*?(LangVersion is|is compiled by) (?<version>[^ ;]+)")]
    private static partial Regex Named();
}
