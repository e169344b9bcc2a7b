using System.Buffers.Binary;
using System.IO.Compression;
using System.Reflection.PortableExecutable;
using System.Text;

namespace Tame.Package.Tests;

/// <summary>The packed Tame, used as a newcomer would who has nothing of this repository.</summary>
public sealed class PackageTests(PackedFeed feed)
{
    private const string UsingsOff = "<ImplicitUsings>enable</ImplicitUsings><TameImplicitUsings>false</TameImplicitUsings>";

    [Fact]
    public async Task A_newcomers_program_builds_without_a_warning_and_runs()
    {
        var project = feed.Newcomer("greets");
        var (built, log) = await feed.RunAsync(project, "build", "-c", "Release", "-warnaserror");
        Assert.True(built == 0, log);

        var (ran, output) = await feed.RunAsync(project, "run", "-c", "Release", "--no-build");
        Assert.Equal("Hello, Ada.\nHello, Grace.\n", output.ReplaceLineEndings("\n"));
        Assert.Equal(0, ran);
    }

    [Fact]
    public async Task The_global_usings_can_be_turned_off()
    {
        var without = feed.Newcomer("without-usings", ("Newcomer.csproj", "<ImplicitUsings>enable</ImplicitUsings>", UsingsOff));
        var (failed, log) = await feed.RunAsync(without, "build");
        Assert.NotEqual(0, failed);
        Assert.Contains("CS0246: The type or namespace name 'Event' could not be found", log);
        foreach (var (value, isOn) in new[] { ("disable", false), ("true", true), ("enable", true) })
        {
            (_, log) = await feed.RunAsync(without, "msbuild", "-getItem:Using", "-p:TameImplicitUsings=" + value);
            Assert.Equal(isOn, log.Contains("\"Tame.Primitives\"", StringComparison.Ordinal));
        }

        var written = feed.Newcomer(
            "written-usings",
            ("Newcomer.csproj", "<ImplicitUsings>enable</ImplicitUsings>", UsingsOff),
            ("Program.cs", "EventLoop.Run", "using Tame;\nusing static Tame.Primitives;\n\nEventLoop.Run"));
        (var built, log) = await feed.RunAsync(written, "build", "-warnaserror");
        Assert.True(built == 0, log);
    }

    [Fact]
    public async Task What_a_call_keeps_is_said_to_who_asks_in_an_editorconfig()
    {
        var project = feed.Newcomer("keeps");
        var (built, log) = await feed.RunAsync(project, "build", "--no-incremental");
        Assert.True(built == 0, log);
        Assert.DoesNotContain("TAME080", log);

        File.WriteAllText(Path.Combine(project, ".editorconfig"), "root = true\n\n[*.cs]\ndotnet_diagnostic.TAME080.severity = warning\n");
        (built, log) = await feed.RunAsync(project, "build", "--no-incremental");
        Assert.True(built == 0, log);
        Assert.Contains("warning TAME080: A call of 'Greet' keeps", log);
    }

    [Fact]
    public async Task Without_the_generator_the_build_stops()
    {
        const string Removal = "  <Target Name=\"NoAnalyzers\" BeforeTargets=\"CoreCompile\"><ItemGroup><Analyzer Remove=\"@(Analyzer)\" /></ItemGroup></Target>\n</Project>";
        var project = feed.Newcomer("no-generator", ("Newcomer.csproj", "</Project>", Removal));
        var (failed, log) = await feed.RunAsync(project, "build");
        Assert.NotEqual(0, failed);
        Assert.Contains("CS8795", log);
    }

    [Fact]
    public void It_holds_runtime_generator_and_usings_and_needs_nothing()
    {
        using var package = ZipFile.OpenRead(feed.Package);
        string[] plumbing = ["_rels/.rels", "[Content_Types].xml", "Tame.nuspec"];
        Assert.Equal(
            ["README.md", "analyzers/dotnet/cs/Tame.CodeFixes.dll", "analyzers/dotnet/cs/Tame.Generator.dll", "build/net10.0/Tame.props", "build/net10.0/Tame.targets", "icon.png", "lib/net10.0/Tame.Runtime.dll", "lib/net10.0/Tame.Runtime.xml"],
            package.Entries.Select(entry => entry.FullName).Except(plumbing)
                .Where(file => !file.StartsWith("package/services/", StringComparison.Ordinal) && !file.StartsWith("docs/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));

        using var reader = new StreamReader(package.GetEntry("Tame.nuspec")!.Open());
        var specification = reader.ReadToEnd();
        Assert.Contains("<license type=\"expression\">MIT</license>", specification);
        Assert.Contains("<readme>README.md</readme>", specification);
        Assert.Contains("<icon>icon.png</icon>", specification);
        Assert.DoesNotContain("<dependency ", specification);
    }

    [Fact]
    public void Its_icon_is_a_picture_of_128_by_128()
    {
        using var package = ZipFile.OpenRead(feed.Package);
        using var icon = package.GetEntry("icon.png")!.Open();
        var header = new byte[24];
        icon.ReadExactly(header);
        Assert.Equal("PNG", Encoding.ASCII.GetString(header, 1, 3));
        Assert.Equal((128, 128), (BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(20))));
    }

    [Fact]
    public void What_each_package_holds_is_built_deterministically() => Assert.All((string[])[feed.Package, feed.Connections, feed.Http], file =>
    {
        using var package = ZipFile.OpenRead(file);
        Assert.All(package.Entries.Where(entry => entry.Name.EndsWith(".dll", StringComparison.Ordinal)), entry =>
        {
            using var content = new MemoryStream();
            using (var stream = entry.Open()) stream.CopyTo(content);
            content.Position = 0;
            using var assembly = new PEReader(content);
            Assert.Contains(assembly.ReadDebugDirectory(), part => part.Type == DebugDirectoryEntryType.Reproducible);
        });
    });
}
