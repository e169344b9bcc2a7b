using System.Diagnostics;

namespace Tame.Generator.Benchmarks;

/// <summary>
/// A build from nothing by the command that users type: a project of tamed methods with generator and analyzer, and one of async methods
/// without. Compiler server and incremental build are off, so each build pays for all that it needs.
/// </summary>
internal sealed class ColdBuild : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tame-build-").FullName;

    public ColdBuild(int methods)
    {
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
        var clock = Stopwatch.StartNew();
        Dotnet(side, "build", "--no-restore", "--no-incremental", "-c", "Release", "-v", "quiet", "-nodeReuse:false");
        return clock.Elapsed.TotalSeconds;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Write(string side, IEnumerable<(string Name, string Text)> sources, string items)
    {
        Directory.CreateDirectory(Path.Join(_folder, side));
        foreach (var (name, text) in sources) File.WriteAllText(Path.Join(_folder, side, name), text);
        File.WriteAllText(Path.Join(_folder, side, "Sample.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <UseSharedCompilation>false</UseSharedCompilation>
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
