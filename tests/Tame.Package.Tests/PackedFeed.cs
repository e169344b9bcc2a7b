using System.Reflection;

namespace Tame.Package.Tests;

/// <summary>A temporary folder outside the repository: the package in a feed, and copies of the newcomer's project beside it.</summary>
public sealed class PackedFeed : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tame-package-").FullName;

    public string Package => Directory.EnumerateFiles(Path.Combine(_folder, "feed"), "Tame.*.nupkg").Single();

    public async ValueTask InitializeAsync()
    {
        var (exitCode, output) = await Dotnet.RunAsync(
            Metadata("RepositoryRoot"), Path.Combine(_folder, "unused"), "pack", "src/Tame.Runtime", "--no-build", "-c", Metadata("Configuration"), "-o", Path.Combine(_folder, "feed"));
        Assert.True(exitCode == 0, output);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>A fresh copy of the newcomer's project, with some of its text replaced.</summary>
    public string Newcomer(string name, params (string File, string Old, string New)[] edits)
    {
        var project = Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;
        foreach (var file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Newcomer")))
        {
            File.Copy(file, Path.Combine(project, Path.GetFileName(file)));
        }

        foreach (var (file, old, replacement) in edits)
        {
            var path = Path.Combine(project, file);
            var text = File.ReadAllText(path);
            Assert.Contains(old, text);
            File.WriteAllText(path, text.Replace(old, replacement));
        }

        return project;
    }

    public Task<(int ExitCode, string Output)> RunAsync(string project, params string[] arguments) =>
        Dotnet.RunAsync(project, Path.Combine(_folder, "packages"), arguments);

    internal static string Metadata(string key) =>
        typeof(PackedFeed).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == key).Value!;
}
