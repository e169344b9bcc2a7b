namespace Tame.Package.Tests;

/// <summary>The solution in Programs/, restored, built and published once, by one command: every kind of program that uses Tame.</summary>
public sealed class PublishedPrograms(PackedFeed feed) : IAsyncLifetime
{
    public string Folder { get; private set; } = "";

    /// <summary>What the one command printed.</summary>
    public string Log { get; private set; } = "";

    public int ExitCode { get; private set; }

    public async ValueTask InitializeAsync()
    {
        Folder = feed.Copy("Programs", "programs");
        if (!Tool.HasLinker)
        {
            Leave("Native");
            Leave("NativeIO");
        }

        // What publishes (trimmer, compiler ahead of time) is taken from the machine's own package folder, where this project's restore put it.
        (ExitCode, Log) = await feed.RunAsync(Folder, "publish", "Programs.slnx", "-c", "Release", "-p:RestoreFallbackFolders=" + PackedFeed.Metadata("PackageRoot"));
    }

    /// <summary>Takes a project out of the solution: one that cannot be published here would fail the others with it.</summary>
    private void Leave(string project)
    {
        var solution = Path.Combine(Folder, "Programs.slnx");
        var lines = File.ReadAllLines(solution);
        File.WriteAllLines(solution, lines.Where(line => !line.Contains($"\"{project}/", StringComparison.Ordinal)));
        Assert.Equal(lines.Length - 1, File.ReadAllLines(solution).Length);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>The program of a project as it was published; one for this system alone lies in that system's folder.</summary>
    public string Program(string project) =>
        Directory.EnumerateFiles(Path.Combine(Folder, project, "bin"), OperatingSystem.IsWindows() ? project + ".exe" : project, SearchOption.AllDirectories)
            .Single(file => Path.GetFileName(Path.GetDirectoryName(file)) == "publish");
}
