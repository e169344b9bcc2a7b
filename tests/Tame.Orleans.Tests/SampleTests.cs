using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Tame.Orleans.Tests;

/// <summary>samples/Cluster, with silos in processes of their own of which one is killed while it works; and samples/Grains.</summary>
public sealed partial class SampleTests
{
    private static string Root => typeof(SampleTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "RepositoryRoot").Value!;

    [Fact]
    public async Task Each_page_has_one_result_though_the_second_silo_is_killed() => Check(await Run("--pages", "300", "--kill", "2", "--after", "100"), 2);

    [Fact]
    public async Task Each_page_has_one_result_though_the_first_silo_is_killed_where_Redis_has_the_list_of_silos()
    {
        using var redis = Redis.Start();
        Check(await Run("--pages", "300", "--store", "redis", "--redis", redis.Address, "--kill", "1", "--after", "100"), 1);
    }

    [Fact]
    public async Task The_first_silo_is_not_killed_without_a_store()
    {
        var (exit, _, error) = await Run("--kill", "1", "--after", "100");
        Assert.Equal(1, exit);
        Assert.StartsWith("usage: cluster ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_program_prints_what_the_page_says()
    {
        string page = (await File.ReadAllTextAsync(Path.Combine(Root, "docs/orleans.md"), TestContext.Current.CancellationToken)).ReplaceLineEndings("\n");
        var shown = Printed().Match(page).Groups["line"].Captures.Select(line => line.Value);
        var (exit, output, error) = await RunOf(typeof(global::Grains.IReport));
        Assert.True(exit == 0, output + error);
        Assert.Equal(shown, output.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n'));
    }

    /// <summary>The client adds a result once, and fails where it comes again.</summary>
    private static void Check((int Exit, string Output, string Error) ran, int killed)
    {
        Assert.True(ran.Exit == 0, ran.Output + ran.Error);
        var line = Summary().Match(ran.Output);
        Assert.True(line.Success, ran.Output + ran.Error);
        Assert.Equal((300, 300, 300), (Number("pages"), Number("results"), Number("right")));
        Assert.Equal(300, Number("first") + Number("second"));
        Assert.True(Number("resubmitted") > 0, ran.Output);
        Assert.Equal(killed, Number("killed"));

        int Number(string name) => int.Parse(line.Groups[name].Value, System.Globalization.CultureInfo.InvariantCulture);
    }

    private static Task<(int Exit, string Output, string Error)> Run(params string[] args) => RunOf(typeof(ClusterProgram.Work), args);

    private static async Task<(int Exit, string Output, string Error)> RunOf(Type sample, params string[] args)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [sample.Assembly.Location, .. args])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.StandardInput.Close();
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(2 * Cluster.Hang, TestContext.Current.CancellationToken);
            return (process.ExitCode, await output, await error);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    [GeneratedRegex(@"(?<pages>\d+) pages, (?<results>\d+) results, (?<right>\d+) right, silo 1: (?<first>\d+), silo 2: (?<second>\d+), (?<resubmitted>\d+) resubmitted, silo (?<killed>\d) killed")]
    private static partial Regex Summary();

    [GeneratedRegex(@"    \$ dotnet run --project samples/Grains(\n    (?<line>.+))+")]
    private static partial Regex Printed();

    /// <summary>A server of the sample's script.</summary>
    private sealed class Redis : IDisposable
    {
        private readonly Process _process;

        private Redis(Process process, int port) => (_process, Address) = (process, $"127.0.0.1:{port}");

        public string Address { get; }

        public static Redis Start()
        {
            string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
            Assert.SkipUnless(Array.Exists(folders, folder => File.Exists(Path.Combine(folder, "redis-server"))), "This needs redis-server, which is not installed.");
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            int port = ((IPEndPoint)listener.LocalEndpoint).Port;
            listener.Stop();
            var process = Process.Start(new ProcessStartInfo(Path.Combine(Root, "samples/Cluster/redis"), [$"{port}"]) { RedirectStandardOutput = true })!;
            while (process.StandardOutput.ReadLine() is { } line && !line.Contains("Ready to accept connections", StringComparison.Ordinal))
            {
            }
            _ = process.StandardOutput.ReadToEndAsync();
            return new Redis(process, port);
        }

        public void Dispose()
        {
            _process.Kill();
            _process.Dispose();
        }
    }
}
