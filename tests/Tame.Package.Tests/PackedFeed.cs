using System.Reflection;

[assembly: AssemblyFixture(typeof(Tame.Package.Tests.PackedFeed))]

namespace Tame.Package.Tests;

/// <summary>A temporary folder outside the repository: the packages in a feed, packed once for all tests, and copies of the programs beside it.</summary>
public sealed class PackedFeed : IAsyncLifetime
{
    /// <summary>No release has it: what the machine may have in its own package folder is never taken for this one.</summary>
    private const string Version = "0.0.0.1";

    /// <summary>Another one, since a package folder keeps one package of a version.</summary>
    private const string VersionWithAddress = "0.0.0.2";

    private readonly string _folder = Directory.CreateTempSubdirectory("tame-package-").FullName;

    public string Package => Packed("Tame");

    public string Connections => Packed("Tame.IO");

    public string Http => Packed("Tame.Http");

    public string Web => Packed("Tame.AspNetCore");

    public string Page => Packed("Tame.Dashboard");

    public string PageInWeb => Packed("Tame.Dashboard.AspNetCore");

    public string Stages => Packed("Tame.Stages");

    public string Testing => Packed("Tame.Testing");

    public string Hosting => Packed("Tame.Hosting");

    public string Orleans => Packed("Tame.Orleans");

    public string Templates => Packed("Tame.Templates");

    /// <summary>Every package.</summary>
    public IReadOnlyList<string> All => [.. Directory.EnumerateFiles(Path.Combine(_folder, "feed"), "*.nupkg").Order(StringComparer.Ordinal)];

    /// <summary>An empty folder beside the feed.</summary>
    public string NewFolder(string name) => Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;

    public async ValueTask InitializeAsync() => await PackAsync("feed");

    /// <summary>Packs what has been built, without a warning, into a folder beside the newcomer's.</summary>
    public async Task<string> PackAsync(string name)
    {
        var target = Path.Combine(_folder, name);
        foreach (var project in new[] { "src/Tame.Runtime", "src/Tame.IO", "src/Tame.Http", "src/Tame.AspNetCore", "src/Tame.Dashboard", "src/Tame.Dashboard.AspNetCore", "src/Tame.Stages", "src/Tame.Hosting", "src/Tame.Orleans", "src/Tame.Testing", "src/Tame.Templates" })
        {
            var (exitCode, output) = await Dotnet.RunAsync(
                Metadata("RepositoryRoot"), Path.Combine(_folder, "unused"), "pack", project, "--no-build", "-c", Metadata("Configuration"), "-o", target, "-p:PackageVersion=" + Version);
            Assert.True(exitCode == 0, output);
            Assert.DoesNotContain("warning", output);
        }

        return target;
    }

    /// <summary>Builds and packs Tame for a project that has an address, in folders apart: what the other tests use keeps none.</summary>
    /// <returns>The package, in a feed of the given name beside the newcomer's.</returns>
    public async Task<string> PackForAsync(string address, string name)
    {
        var (exitCode, output) = await Dotnet.RunAsync(
            Metadata("RepositoryRoot"), [], "pack", "src/Tame.Runtime", "-c", "Release", "--artifacts-path", Path.Combine(_folder, name + "-artifacts"), "-o", Path.Combine(_folder, name),
            "-p:PackageVersion=" + VersionWithAddress, "-p:TameProjectUrl=" + address);
        Assert.True(exitCode == 0, output);
        return Directory.EnumerateFiles(Path.Combine(_folder, name), "Tame.*.nupkg").Single();
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>A fresh copy of the newcomer's project, with some of its text replaced.</summary>
    public string Newcomer(string name, params (string File, string Old, string New)[] edits)
    {
        var project = Copy("Newcomer", name);
        foreach (var (file, old, replacement) in edits)
        {
            var path = Path.Combine(project, file);
            var text = File.ReadAllText(path);
            Assert.Contains(old, text);
            File.WriteAllText(path, text.Replace(old, replacement));
        }

        return project;
    }

    /// <summary>A fresh copy of one of this project's folders.</summary>
    public string Copy(string source, string name)
    {
        var (from, to) = (Path.Combine(AppContext.BaseDirectory, source), Path.Combine(_folder, name));
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return to;
    }

    public Task<(int ExitCode, string Output)> RunAsync(string project, params string[] arguments) =>
        Dotnet.RunAsync(project, Path.Combine(_folder, "packages"), arguments);

    private string Packed(string id) => Path.Combine(_folder, "feed", $"{id}.{Version}.nupkg");

    internal static string Metadata(string key) =>
        typeof(PackedFeed).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == key).Value!;
}
