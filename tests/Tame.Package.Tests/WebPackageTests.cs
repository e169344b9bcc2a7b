using System.IO.Compression;
using static Tame.Package.Tests.PackedText;

namespace Tame.Package.Tests;

/// <summary>The packed Tame.AspNetCore: alone, it is all that a web application refers to.</summary>
public sealed class WebPackageTests(PackedFeed feed)
{
    [Fact]
    public void It_holds_the_library_and_needs_Tame_and_the_framework()
    {
        using var package = ZipFile.OpenRead(feed.Web);
        string[] plumbing = ["_rels/.rels", "[Content_Types].xml", "Tame.AspNetCore.nuspec"];
        Assert.Equal(
            ["README.md", "icon.png", "lib/net10.0/Tame.AspNetCore.dll", "lib/net10.0/Tame.AspNetCore.xml"],
            package.Entries.Select(entry => entry.FullName).Except(plumbing).Where(file => !file.StartsWith("package/services/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));

        string specification = Text(package, "Tame.AspNetCore.nuspec");
        Assert.Contains("<dependency id=\"Tame\" version=", specification, StringComparison.Ordinal);
        Assert.Contains("<dependency id=\"Tame.IO\" version=", specification, StringComparison.Ordinal);
        Assert.Contains("<frameworkReference name=\"Microsoft.AspNetCore.App\" />", specification, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_program_of_its_readme_builds_without_a_warning_and_answers()
    {
        string program = ProgramOfReadme(feed.Web);
        string project = feed.Newcomer("serves", ("Newcomer.csproj", "\"Tame\"", "\"Tame.AspNetCore\""), ("Newcomer.csproj", "Sdk=\"Microsoft.NET.Sdk\"", "Sdk=\"Microsoft.NET.Sdk.Web\""));
        const string Run = "app.Run();";
        Assert.Contains(Run, program, StringComparison.Ordinal);
        const string Ask = "app.Urls.Add(\"http://127.0.0.1:0\"); await app.StartAsync(); using var client = new HttpClient(); Console.WriteLine(await client.GetStringAsync(app.Urls.Single())); await app.StopAsync();";
        await File.WriteAllTextAsync(Path.Combine(project, "Program.cs"), program.Replace(Run, Ask, StringComparison.Ordinal), TestContext.Current.CancellationToken);
        var (built, log) = await feed.RunAsync(project, "build", "-c", "Release", "-warnaserror");
        Assert.True(built == 0, log);

        var (ran, output) = await feed.RunAsync(project, "run", "-c", "Release", "--no-build");

        Assert.True(ran == 0, output);
        Assert.EndsWith("Hello", string.Join('\n', output.ReplaceLineEndings("\n").Trim().Split('\n').Where(line => !line.StartsWith("info:", StringComparison.Ordinal) && !line.StartsWith(' '))), StringComparison.Ordinal);
    }
}
