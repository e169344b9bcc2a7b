using System.Diagnostics;
using Knot;

namespace Tame.Samples.Tests.Knot;

public sealed class CommandLineTests
{
    [Fact]
    public void The_options_reach_the_server()
    {
        KnotOptions? seen = null;
        int exit = KnotCommand.Make(o => { seen = o; return 7; }).Parse(["--port", "0", "--root", "/tmp", "--cache", "3", "--loops", "1"]).Invoke();

        Assert.Equal(7, exit);
        Assert.Equal((0, "/tmp", 3L << 20, 1), (seen!.Port, seen.Root, seen.CacheBytes, seen.Loops));
    }

    [Fact]
    public void Without_options_it_serves_its_own_page_on_port_5000()
    {
        KnotOptions? seen = null;
        KnotCommand.Make(o => { seen = o; return 0; }).Parse([]).Invoke();

        Assert.Equal(new KnotOptions(), seen);
        Assert.Equal(5000, seen!.Port);
        Assert.True(File.Exists(Path.Join(seen.Root, "index.html")));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(5001, "--dashboard")]
    [InlineData(0, "--dashboard", "0")]
    [InlineData(5001, "--dashboard", "--list")]
    public void The_dashboard_has_a_port_of_its_own(int? port, params string[] arguments)
    {
        KnotOptions? seen = null;
        KnotCommand.Make(o => { seen = o; return 0; }).Parse(arguments).Invoke();

        Assert.Equal(port, seen!.DashboardPort);
    }

    [Fact]
    public void The_options_of_a_file_server_reach_it()
    {
        KnotOptions? seen = null;
        KnotCommand.Make(o => { seen = o; return 0; }).Parse(["--host", "::1", "--list", "--log", "json", "--max-connections", "7", "--max-head", "1000", "--max-target", "100", "--idle", "9", "--stall", "8", "--cert", "a", "--key", "b"]).Invoke();

        Assert.Equal((System.Net.IPAddress.IPv6Loopback, true, LogFormat.Json, 7), (seen!.Host, seen.ListDirectories, seen.Log, seen.MaxConnections));
        Assert.Equal((1000, 100, 9, 8, "a", "b"), (seen.MaxHeadBytes, seen.MaxTargetBytes, (int)seen.IdleLimit.TotalSeconds, (int)seen.StallLimit.TotalSeconds, seen.Certificate, seen.Key));
    }

    [Theory]
    [InlineData("--host", "nowhere")]
    [InlineData("--log", "loud")]
    [InlineData("--max-connections", "0")]
    [InlineData("--cert", "/there/is/no/such/file.pem")]
    [InlineData("--port", "70000")]
    [InlineData("--port", "-1")]
    [InlineData("--dashboard", "65536")]
    [InlineData("--port", "x")]
    [InlineData("--cache", "-5")]
    [InlineData("--loops", "0")]
    [InlineData("--loops", "257")]
    [InlineData("--speed", "fast")]
    [InlineData("--root", "/there/is/no/such/directory")]
    public void A_bad_option_is_one_line_and_exit_code_1(string option, string value)
    {
        var (exit, output, error) = Command.Run(typeof(KnotOptions), option, value);

        Assert.Equal(1, exit);
        Assert.Empty(output);
        Assert.Single(error.TrimEnd().Split('\n'));
        Assert.StartsWith("knot: ", error);
    }

    [Fact]
    public void A_port_in_use_is_one_line_and_exit_code_1()
    {
        using var knot = new KnotUnderTest();
        var (exit, output, error) = Command.Run(typeof(KnotOptions), "--port", $"{knot.Port}");

        Assert.Equal((1, "", $"knot: port {knot.Port} is in use\n"), (exit, output, error));
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public void The_first_line_is_the_address_and_a_signal_ends_it_with_0(string signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no kill there.");
        Assert.SkipWhen(signal == "INT" && IsIgnored(2), "A job in the background inherits that SIGINT is ignored.");
        using var process = Command.Start(typeof(KnotOptions), "--port", "0");
        string address = process.StandardOutput.ReadLine()!;
        using (var client = new Client(new Uri(address).Port))
            Assert.Contains("Tame for .NET", client.Get("/").Text);

        Send(process, signal);
        Assert.True(process.WaitForExit(10_000), "It did not stop.");
        Assert.Equal((0, ""), (process.ExitCode, process.StandardError.ReadToEnd()));
    }

    [Fact]
    public void SIGQUIT_prints_the_calls_that_wait_and_it_goes_on()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no kill there.");
        Assert.SkipWhen(IsIgnored(3), "A job in the background inherits that SIGQUIT is ignored.");
        using var process = Command.Start(typeof(KnotOptions), "--port", "0");
        string address = process.StandardOutput.ReadLine()!;
        using var client = new Client(new Uri(address).Port);
        Assert.Contains("Tame for .NET", client.Get("/").Text);

        Send(process, "QUIT");
        Assert.Matches("^tame: knot 1 \\(thread [0-9]+.*\\): [0-9]+ calls wait:$", process.StandardError.ReadLine());
        Assert.Contains(" at ", process.StandardError.ReadLine());
        Assert.Contains("Tame for .NET", client.Get("/").Text);

        Send(process, "TERM");
        Assert.True(process.WaitForExit(10_000), "It did not stop.");
    }

    [Fact]
    public void Several_loops_serve_one_port_and_a_signal_ends_all()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux spreads the clients of one port.");
        using var process = Command.Start(typeof(KnotOptions), "--port", "0", "--loops", "2");
        int port = new Uri(process.StandardOutput.ReadLine()!).Port;
        var clients = Enumerable.Range(0, 40).Select(_ => new Client(port)).ToList();
        Assert.All(clients, client => Assert.Equal(200, client.Get("/").Status));
        Assert.Equal([0, 0], Listeners(port));      // both are there, and neither leaves a client waiting

        Send(process, "TERM");
        Assert.True(process.WaitForExit(10_000), "It did not stop.");
        Assert.Equal((0, ""), (process.ExitCode, process.StandardError.ReadToEnd()));
        clients.ForEach(client => client.Dispose());
    }

    [Fact]
    public async Task The_live_numbers_are_those_of_all_loops()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux spreads the clients of one port.");
        using var process = Command.Start(typeof(KnotOptions), "--port", "0", "--loops", "2");
        int port = new Uri(process.StandardOutput.ReadLine()!).Port;
        using var client = new HttpClient();
        using var reader = new StreamReader(await client.GetStreamAsync(new Uri($"http://127.0.0.1:{port}/.live"), TestContext.Current.CancellationToken));
        await ReadUntil(reader, numbers => numbers.Loops == 2);
        var clients = Enumerable.Range(0, 40).Select(_ => new Client(port)).ToList();
        Assert.All(clients, client => Assert.Equal(200, client.Get("/").Status));

        await ReadUntil(reader, numbers => numbers is { Requests: 40, Connections: 41 });
        clients.ForEach(client => client.Dispose());
        Send(process, "TERM");
        Assert.True(process.WaitForExit(10_000), "It did not stop.");
        await reader.ReadToEndAsync(TestContext.Current.CancellationToken);     // throws where the stream was cut off
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false, "--root", ".")]
    [InlineData(true, "--root", ".", "--live")]
    public void The_numbers_are_given_with_Knots_page_and_where_that_is_wanted(bool live, params string[] arguments)
    {
        KnotOptions? seen = null;
        KnotCommand.Make(o => { seen = o; return 0; }).Parse(arguments).Invoke();

        Assert.Equal(live, seen!.Live);
    }

    [Fact]
    public void Running_out_of_descriptors_neither_ends_nor_busies_it()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The limit is set by a shell.");
        using var process = Command.Start("sh", "-c", $"ulimit -n 128; exec dotnet '{typeof(KnotOptions).Assembly.Location}' --port 0");
        int port = new Uri(process.StandardOutput.ReadLine()!).Port;
        var clients = Enumerable.Range(0, 20).Select(_ => new Client(port)).ToList();
        Assert.Equal(200, clients[0].Get("/").Status);      // what it needs of the framework is loaded
        clients.AddRange(Enumerable.Range(0, 200).Select(_ => new Client(port)));
        Assert.Equal(200, clients[0].Get("/").Status);

        Thread.Sleep(500);
        var before = process.TotalProcessorTime;
        Thread.Sleep(1_000);
        process.Refresh();
        Assert.InRange((process.TotalProcessorTime - before).TotalMilliseconds, 0, 500);

        clients.ForEach(client => client.Dispose());
        using (var client = new Client(port))
            Assert.Equal(200, client.Get("/").Status);
        process.Kill();
    }

    /// <summary>Reads numbers until they are the expected ones.</summary>
    private static async Task ReadUntil(StreamReader reader, Func<Numbers, bool> isExpected)
    {
        string line = "";
        for (int i = 0; i < 40; i++)
        {
            line = (await reader.ReadLineAsync(TestContext.Current.CancellationToken))!;
            if (line.Length != 0 && isExpected(Numbers.Parse(line)))
                return;
        }
        Assert.Fail($"After 20 events the numbers are still {line}.");
    }

    /// <summary>The sockets that listen on a port, by how many clients each has not accepted yet.</summary>
    private static IEnumerable<int> Listeners(int port) =>
        from line in File.ReadLines("/proc/net/tcp").Skip(1)
        let fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        where fields[1].EndsWith($":{port:X4}", StringComparison.Ordinal) && fields[3] == "0A"
        select Convert.ToInt32(fields[4].Split(':')[1], 16);

    private static void Send(Process process, string signal)
    {
        using var kill = Process.Start("sh", ["-c", $"kill -{signal} {process.Id}"]);
        kill.WaitForExit();
    }

    private static bool IsIgnored(int signal)
    {
        const string status = "/proc/self/status";
        string? mask = File.Exists(status) ? File.ReadLines(status).FirstOrDefault(line => line.StartsWith("SigIgn:", StringComparison.Ordinal)) : null;
        return mask is not null && (Convert.ToUInt64(mask["SigIgn:".Length..].Trim(), 16) & 1UL << signal - 1) != 0;
    }
}
