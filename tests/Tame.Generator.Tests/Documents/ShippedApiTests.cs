using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Tame.Generator.Tests.Documents;

/// <summary><c>build/ship-api</c>, on files of its own.</summary>
public sealed class ShippedApiTests : IDisposable
{
    private const string Header = "#nullable enable\n";
    private readonly string _folder = Directory.CreateTempSubdirectory("tame-api-").FullName;

    [Fact]
    public void New_names_move_and_removed_ones_go()
    {
        Write("One", "N.A -> void\nN.B -> void\n", "*REMOVED*N.B -> void\nN.C -> void\nN.B(int) -> void\nstatic N.A -> void\n");
        Write("Two", "", "N.Z\nN.Y\n");
        Write("Three", "N.X\n", "");
        var (exit, output) = Ship();

        Assert.Equal((0, "2 projects"), (exit, output.TrimEnd().Split('\n')[^1]));
        Assert.Equal(("N.A -> void\nN.B(int) -> void\nN.C -> void\nstatic N.A -> void\n", ""), Read("One"));
        Assert.Equal(("N.Y\nN.Z\n", ""), Read("Two"));
        Assert.Equal(("N.X\n", ""), Read("Three"));
        Assert.Equal((0, "0 projects\n"), Ship());
    }

    [Fact]
    public void The_last_name_can_be_removed()
    {
        Write("One", "N.A\n", "*REMOVED*N.A\n");

        Assert.Equal(0, Ship().Exit);
        Assert.Equal(("", ""), Read("One"));
    }

    [Fact]
    public void A_removed_name_that_was_not_shipped_is_an_error()
    {
        Write("One", "N.A\n", "*REMOVED*N.B\n");
        var (exit, output) = Ship();

        Assert.Equal(1, exit);
        Assert.Contains("N.B", output);
        Assert.Equal(("N.A\n", "*REMOVED*N.B\n"), Read("One"));
    }

    [Fact]
    public void New_rules_move_under_the_version_below_those_of_earlier_ones()
    {
        const string Table = "### New Rules\n\nRule ID | Category | Severity | Notes\n--------|----------|----------|-------\n";
        Write("One", "", "");
        string shipped = Path.Combine(_folder, "One", "AnalyzerReleases.Shipped.md"), unshipped = Path.Combine(_folder, "One", "AnalyzerReleases.Unshipped.md");
        File.WriteAllText(shipped, $"## Release 0.0.1\n\n{Table}N001 | N | Error | First\n");
        File.WriteAllText(unshipped, $"; Unshipped analyzer release\n\n{Table}N002 | N | Warning | Second\n");

        Assert.Equal(0, Ship().Exit);
        string version = Regex.Match(File.ReadAllText(Path.Combine(Repository.Root, "Directory.Build.props")), "<Version>(.*)</Version>").Groups[1].Value;
        Assert.Equal($"## Release 0.0.1\n\n{Table}N001 | N | Error | First\n\n## Release {version}\n\n{Table}N002 | N | Warning | Second\n", File.ReadAllText(shipped));
        Assert.Equal("; Unshipped analyzer release\n", File.ReadAllText(unshipped));
        Assert.Equal((0, "0 projects\n"), Ship());
    }

    [Fact]
    public void Changed_rules_are_left_to_be_moved_by_hand()
    {
        Write("One", "", "");
        string unshipped = Path.Combine(_folder, "One", "AnalyzerReleases.Unshipped.md");
        const string Text = "### New Rules\n\nRule ID | Category | Severity | Notes\n--------|----------|----------|-------\nN001 | N | Error | First\n\n### Removed Rules\n";
        File.WriteAllText(unshipped, Text);

        Assert.Equal(1, Ship().Exit);
        Assert.Equal(Text, File.ReadAllText(unshipped));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string FileOf(string project, string kind) => Path.Combine(_folder, project, $"PublicAPI.{kind}.txt");

    private void Write(string project, string shipped, string unshipped)
    {
        Directory.CreateDirectory(Path.Combine(_folder, project));
        File.WriteAllText(FileOf(project, "Shipped"), Header + shipped);
        File.WriteAllText(FileOf(project, "Unshipped"), Header + unshipped);
    }

    private (string Shipped, string Unshipped) Read(string project)
    {
        string Names(string kind)
        {
            string text = File.ReadAllText(FileOf(project, kind));
            Assert.StartsWith(Header, text);
            return text[Header.Length..];
        }
        return (Names("Shipped"), Names("Unshipped"));
    }

    private (int Exit, string Output) Ship()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The script needs bash.");
        using var process = Process.Start(new ProcessStartInfo("bash", [Path.Combine(Repository.Root, "build", "ship-api"), _folder]) { RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }
}
