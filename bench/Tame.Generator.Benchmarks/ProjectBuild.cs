using System.Diagnostics;
using System.Globalization;

namespace Tame.Generator.Benchmarks;

/// <summary>
/// A build by the command that users type: a project of tamed methods with generator and analyzer, and one of async methods without. A cold build starts from
/// nothing: compiler server and incremental build are off. A warm build follows an edit of one body, with the server up.
/// </summary>
internal sealed class ProjectBuild : IDisposable
{
    private readonly bool _isWarm;
    private int _edits;
    private readonly string _folder = Directory.CreateTempSubdirectory("tame-build-").FullName;

    public ProjectBuild(int methods, bool isWarm)
    {
        _isWarm = isWarm;
        string Beside(string assembly) => Path.Join(AppContext.BaseDirectory, assembly);
        Write("tame", SampleProject.Sources(methods, tamed: true), $"""
            <Reference Include="{Beside("Tame.Runtime.dll")}" />
            <Analyzer Include="{Beside("Tame.Generator.dll")}" />
            """);
        Write("async", SampleProject.Sources(methods, tamed: false), "");
    }

    public static IReadOnlyList<string> Sides { get; } = ["tame", "async"];

    /// <summary>Seconds that one side takes.</summary>
    public double Build(string side)
    {
        string[] command = ["build", "--no-restore", "-c", "Release", "-v", "quiet", "-nodeReuse:false", .. _isWarm ? Array.Empty<string>() : ["--no-incremental"]];
        if (_isWarm) Edit(side);
        var clock = Stopwatch.StartNew();
        Dotnet(side, command);
        return clock.Elapsed.TotalSeconds;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Changes the first method that waits.</summary>
    private void Edit(string side)
    {
        var file = Path.Join(_folder, side, "File0.cs");
        var text = File.ReadAllText(file);
        var at = text.IndexOf("total = -total", StringComparison.Ordinal);
        File.WriteAllText(file, text.Insert(at, string.Create(CultureInfo.InvariantCulture, $"total = {++_edits}; ")));
    }

    private void Write(string side, IEnumerable<(string Name, string Text)> sources, string items)
    {
        Directory.CreateDirectory(Path.Join(_folder, side));
        foreach (var (name, text) in sources) File.WriteAllText(Path.Join(_folder, side, name), text);
        File.WriteAllText(Path.Join(_folder, side, "Sample.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <UseSharedCompilation>{(_isWarm ? "true" : "false")}</UseSharedCompilation>
              </PropertyGroup>
              <ItemGroup>
            {items}
              </ItemGroup>
            </Project>
            """);
        Dotnet(side, "restore", "-v", "quiet");
    }

    private void Dotnet(string side, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = Path.Join(_folder, side), RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"dotnet {string.Join(' ', arguments)} fails for {side}:\n{output}");
    }
}
