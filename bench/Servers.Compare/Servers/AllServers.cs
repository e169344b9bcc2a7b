using System.Diagnostics;

namespace Tame.Comparison.Servers;

/// <summary>The servers that are compared, in the order of tables and colors.</summary>
/// <param name="repository">The folder of the repository.</param>
/// <param name="configuration">How its programs are built.</param>
internal sealed class AllServers(string repository, string configuration)
{
    public static readonly string[] Names = ["knot", "haboob", "nginx", "kestrel", "apache-event", "apache-worker", "threads"];

    /// <param name="files">How many files there are to serve.</param>
    public IReadOnlyList<ServerKind> Make(int files) =>
    [
        new DotnetServer("knot", "samples/Knot, unchanged: one loop, up to 64 MB of files of up to 16 KB in memory, larger ones by sendfile", Program("samples/Knot", "Knot")),
        Haboob("haboob", "samples/Haboob, unchanged: stages, with its controllers on"),
        new NginxServer(repository, files),
        new KestrelServer(Program("bench/Servers/Kestrel", "Kestrel")),
        new ApacheServer(isEvent: true),
        new ApacheServer(isEvent: false),
        new DotnetServer("threads", "a thread with blocking sockets for each connection, in C# (bench/Servers.Compare/ThreadServer): files of up to 16 KB in memory, larger ones by sendfile",
            Program("bench/Servers.Compare/ThreadServer", "ThreadServer")),
    ];

    /// <summary>Haboob under another name or with other options.</summary>
    public DotnetServer Haboob(string name, string setup, params string[] options) =>
        new(name, setup, Program("samples/Haboob", "Haboob"), options) { Build = BuildHaboob };

    private string Program(string project, string name) => Path.Join(repository, project, "bin", configuration, "net10.0", name);

    /// <summary>Haboob is no reference of this project, so that what is wrong with it keeps no other server from being compared.</summary>
    private string? BuildHaboob()
    {
        string project = Path.Join(repository, "samples/Haboob/Haboob.csproj");
        if (!File.Exists(project))
            return "samples/Haboob does not exist";
        using var build = Process.Start(new ProcessStartInfo("dotnet", ["build", project, "-c", configuration, "-v", "quiet", "--nologo"]) { RedirectStandardOutput = true })!;
        string output = build.StandardOutput.ReadToEnd();
        build.WaitForExit();
        return build.ExitCode == 0 ? null : $"samples/Haboob does not build: {output.Split('\n').FirstOrDefault(line => line.Contains("error", StringComparison.Ordinal))?.Trim()}";
    }
}
