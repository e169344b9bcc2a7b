using System.Diagnostics;
using System.Globalization;
using Tame.Benchmarks;

namespace Echo;

/// <summary>Runs the servers in turns, and prints the medians as a table.</summary>
internal sealed class Comparison
{
    private readonly List<string> _kinds = [];
    private string? _file;
    private int _turns = 5, _seconds = 2, _connections = 64, _bytes = 1024, _idle, _pings;

    public static Comparison? Parse(string[] args)
    {
        var comparison = new Comparison();
        for (int i = 0; i < args.Length; i++)
        {
            if (Servers.Known.Contains(args[i]))
            {
                comparison._kinds.Add(args[i]);
                continue;
            }
            if (args[i] == "-t" && i + 1 < args.Length)
            {
                comparison._file = args[++i];
                continue;
            }
            if (i + 1 == args.Length || !int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out int value) || !comparison.Set(args[i++], value))
                return null;
        }
        if (comparison._kinds.Count == 0)
            comparison._kinds.AddRange(Servers.All);
        return comparison;
    }

    public int Run()
    {
        var servers = _kinds.ConvertAll(kind => new ServerProcess(kind));
        if (_idle != 0)
            MeasureIdle(servers);
        else if (_pings != 0)
            MeasurePings(servers);
        else
            MeasureLoad(servers);
        servers.ForEach(server => server.Dispose());
        return 0;
    }

    private bool Set(string option, int value)
    {
        switch (option)
        {
            case "-n": _turns = value; return true;
            case "-s": _seconds = value; return true;
            case "-c": _connections = value; return true;
            case "-b": _bytes = value; return true;
            case "-i": _idle = value; return true;
            case "-p": _pings = value; return true;
            default: return false;
        }
    }

    private void MeasureLoad(List<ServerProcess> servers)
    {
        foreach (var server in servers)
            server.Load(_connections, _bytes, 2);  // until its code is final
        for (int turn = 0; turn < _turns; turn++)
        {
            foreach (var server in servers)
                server.Measure(_connections, _bytes, _seconds);
        }
        var first = servers[0].Median(run => run.Microseconds);
        Console.WriteLine($"{_connections} connections, {_bytes} bytes, {_turns} turns of {_seconds} s");
        Console.WriteLine($"| server | processor time a message, us | {servers[0].Kind} / it | messages/s | B a message |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach (var server in servers)
        {
            double microseconds = server.Median(run => run.Microseconds);
            double bytes = server.Median(run => run.Bytes);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {server.Kind} | {microseconds:F2} | {first / microseconds:F2} | {server.Median(run => run.Rate):F0} | {bytes:F2} |"));
            Write(new Measurement("echo", server.Kind, _connections, "ns", 1000 * microseconds), new Measurement("echo", server.Kind, _connections, "bytes", Math.Round(bytes)));
        }
    }

    private void MeasurePings(List<ServerProcess> servers)
    {
        Console.WriteLine($"| server | flooding connections | ping, median of {_pings}, ms | 99th percentile | longest |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach (var server in servers)
        {
            server.Load(_connections, _bytes, 2);  // until its code is final
            foreach (int floods in new[] { 0, 1, 8, 64 })
            {
                var times = server.MeasurePings(floods, _pings);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {server.Kind} | {floods} | {times[0] / 1000:F2} | {times[1] / 1000:F2} | {times[2] / 1000:F2} |"));
            }
        }
    }

    private void MeasureIdle(List<ServerProcess> servers)
    {
        Console.WriteLine($"| server | heap bytes a connection, {_idle} idle | of the process |");
        Console.WriteLine("|---|---|---|");
        foreach (var server in servers)
        {
            var (heap, whole) = server.MeasureIdle(_idle);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {server.Kind} | {heap:F0} | {whole:F0} |"));
            Write(new Measurement("echo-idle", server.Kind, _idle, "bytes", heap));
        }
    }

    private void Write(params Measurement[] measured)
    {
        if (_file is not null)
            File.AppendAllLines(_file, measured.Select(measurement => measurement.ToString()));
    }
}

/// <summary>A server in a process of its own, on the first core.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process _process;
    private readonly string _port;
    private readonly List<(double Microseconds, double Rate, double Bytes)> _runs = [];

    public ServerProcess(string kind)
    {
        Kind = kind;
        _process = Start(0, kind == "stream-inline", "serve", kind);
        _port = _process.StandardOutput.ReadLine()!;
    }

    public string Kind { get; }

    public void Load(int connections, int bytes, int seconds) => Load(connections, bytes, seconds, static () => { });

    /// <summary>What it takes to open and close the connections does not count.</summary>
    public void Measure(int connections, int bytes, int seconds)
    {
        var asked = new List<double[]>();
        long messages = Load(connections, bytes, seconds, () => asked.Add(Ask("time")));
        var (before, after) = (asked[0], asked[1]);
        _runs.Add(((after[0] - before[0]) / messages, messages / (double)seconds, (after[1] - before[1]) / messages));
    }

    public (double Heap, double Process) MeasureIdle(int connections)
    {
        var before = Ask("heap");
        using var load = Start(1, false, "idle", _port, $"{connections}");
        load.StandardOutput.ReadLine();
        Thread.Sleep(500);
        var after = Ask("heap");
        load.StandardInput.Close();
        load.WaitForExit();
        return ((after[2] - before[2]) / connections, (after[3] - before[3]) / connections);
    }

    /// <summary>The median, the 99th percentile and the longest time of pings beside floods, in microseconds.</summary>
    public double[] MeasurePings(int floods, int pings)
    {
        using var flood = Start(1, false, "flood", _port, $"{floods}");
        flood.StandardOutput.ReadLine();
        Thread.Sleep(500);
        using var ping = Start(1, false, "ping", _port, $"{pings}");
        double[] times = Numbers(ping.StandardOutput.ReadLine()!);
        flood.StandardInput.Close();
        flood.WaitForExit();
        ping.WaitForExit();
        return times;
    }

    public double Median(Func<(double Microseconds, double Rate, double Bytes), double> of)
    {
        var values = _runs.Select(of).Order().ToList();
        return values[values.Count / 2];
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private double[] Ask(string question)
    {
        _process.StandardInput.WriteLine(question);
        return Numbers(_process.StandardOutput.ReadLine()!);
    }

    private static double[] Numbers(string line) => [.. line.Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture))];

    /// <param name="atEnds">Called when the connections are open, and after the time.</param>
    private long Load(int connections, int bytes, int seconds, Action atEnds)
    {
        using var load = Start(1, false, "load", _port, $"{connections}", $"{bytes}", $"{seconds}");
        load.StandardOutput.ReadLine();
        atEnds();
        long messages = long.Parse(load.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
        atEnds();
        load.StandardInput.Close();
        load.WaitForExit();
        return messages;
    }

    private static Process Start(int core, bool inline, params string[] args)
    {
        var start = new ProcessStartInfo("taskset", ["-c", $"{core}", Environment.ProcessPath!, .. args]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        if (inline)
            start.Environment["DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS"] = "1";
        return Process.Start(start)!;
    }
}
