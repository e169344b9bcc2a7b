using System.Diagnostics;
using System.Globalization;

namespace Tame.Comparison;

/// <summary>One core for the server and one for the load, so that neither takes what is the other's.</summary>
/// <param name="Server">Null where this process may use one core only: then nothing is pinned.</param>
/// <param name="Load">The load's.</param>
internal sealed record Cores(int? Server, int? Load)
{
    /// <summary>The first two cores that this process may use.</summary>
    public static Cores Find()
    {
        if (!OperatingSystem.IsLinux())
            return new Cores(null, null);
        string list = File.ReadLines("/proc/self/status").First(line => line.StartsWith("Cpus_allowed_list:", StringComparison.Ordinal)).Split(':')[1];
        return Parse(list) is [var first, var second, ..] ? new Cores(first, second) : new Cores(null, null);
    }

    /// <summary>Reads a list such as <c>0-3,8</c>.</summary>
    public static List<int> Parse(string list)
    {
        List<int> cores = [];
        foreach (string part in list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            int[] ends = [.. part.Split('-').Select(end => int.Parse(end, CultureInfo.InvariantCulture))];
            cores.AddRange(Enumerable.Range(ends[0], ends[^1] - ends[0] + 1));
        }
        return cores;
    }

    /// <summary>Moves all threads of this process to the load's core. Threads that they start later stay there.</summary>
    public void PinThisProcess()
    {
        if (Load is not { } core)
            return;
        using var tool = Process.Start(new ProcessStartInfo("taskset", ["-a", "-p", "-c", Text(core), Text(Environment.ProcessId)]) { RedirectStandardOutput = true })!;
        tool.StandardOutput.ReadToEnd();
        tool.WaitForExit();
    }

    /// <summary>A command that runs on the server's core, and is told to end if the thread that starts it ends.</summary>
    public string[] OnServer(string[] command) =>
        Server is { } core ? ["setpriv", "--pdeathsig", "TERM", "taskset", "-c", Text(core), .. command] : command;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
