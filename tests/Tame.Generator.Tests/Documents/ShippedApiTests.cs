using System.Diagnostics;

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
