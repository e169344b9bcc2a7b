using System.Diagnostics;
using System.IO.Compression;
using System.Text.RegularExpressions;
using static Tame.Package.Tests.PackedText;

namespace Tame.Package.Tests;

/// <summary>The packed dashboards: each alone is all that a newcomer refers to.</summary>
public sealed partial class DashboardPackageTests(PackedFeed feed)
{
    [Fact]
    public void They_hold_their_libraries_and_a_console_program_needs_no_web_framework()
    {
        var version = Path.GetFileNameWithoutExtension(feed.Package)["Tame.".Length..];
        Assert.Equal([$"<dependency id=\"Tame.Http\" version=\"{version}\" include=\"All\" />"], Needs(feed.Page, "Tame.Dashboard"));
        Assert.Equal(
            [$"<dependency id=\"Tame.AspNetCore\" version=\"{version}\" include=\"All\" />", $"<dependency id=\"Tame.Dashboard\" version=\"{version}\" include=\"All\" />", "<frameworkReference name=\"Microsoft.AspNetCore.App\" />"],
            Needs(feed.PageInWeb, "Tame.Dashboard.AspNetCore"));
    }

    [Fact]
    public async Task The_program_of_its_readme_builds_without_a_warning_and_serves_the_page()
    {
        string program = ProgramOfReadme(feed.Page);
        Assert.Contains(", 5001)", program, StringComparison.Ordinal);
        string project = feed.Newcomer("dashboard", ("Newcomer.csproj", "\"Tame\"", "\"Tame.Dashboard\""));
        await File.WriteAllTextAsync(Path.Combine(project, "Program.cs"), program.Replace(", 5001)", ", 0)", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        var (built, log) = await feed.RunAsync(project, "build", "-c", "Release", "-warnaserror");
        Assert.True(built == 0, log);
        string page = await AskAsync(Directory.EnumerateFiles(Path.Combine(project, "bin", "Release"), "Newcomer.dll", SearchOption.AllDirectories).Single());
        Assert.Contains("<h1>Newcomer</h1>", page, StringComparison.Ordinal);
    }

    private static async Task<string> AskAsync(string assembly)
    {
        using var program = Process.Start(new ProcessStartInfo("dotnet", [assembly]) { RedirectStandardError = true })!;
        try
        {
            string line = await program.StandardError.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken) ?? "";
            Assert.Matches("^dashboard: http://127", line);
            using var client = new HttpClient();
            return await client.GetStringAsync(new Uri(line["dashboard: ".Length..]), TestContext.Current.CancellationToken);
        }
        finally
        {
            program.Kill();
        }
    }

    private static List<string> Needs(string path, string id)
    {
        using var package = ZipFile.OpenRead(path);
        string[] plumbing = ["_rels/.rels", "[Content_Types].xml", $"{id}.nuspec"];
        Assert.Equal(
            ["README.md", "icon.png", $"lib/net10.0/{id}.dll", $"lib/net10.0/{id}.xml"],
            package.Entries.Select(entry => entry.FullName).Except(plumbing).Where(file => !file.StartsWith("package/services/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        return [.. Dependencies().Matches(Text(package, $"{id}.nuspec")).Select(match => match.Value)];
    }

    [GeneratedRegex("<(dependency|frameworkReference) [^>]*>")]
    private static partial Regex Dependencies();
}
