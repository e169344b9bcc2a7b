using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Tame.Comparison.Results;

namespace Tame.Comparison.Tasks;

/// <summary>Measures tasks in a process for each point, on the server's core.</summary>
internal static class TaskRun
{
    public const string Command = "tasks-here";

    /// <summary>Longer than threads take to see that all of them are there.</summary>
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    /// <summary>Measures in this process, and prints the point as a line of JSON.</summary>
    public static void Here(TaskSide side, int tasks, double seconds, TextWriter output)
    {
        using var load = new TaskLoad(side, tasks, s_warmUp, TimeSpan.FromSeconds(seconds));
        TaskPoint point;
        try
        {
            var times = load.Run();
            point = new TaskPoint
            {
                Side = Name(side),
                Tasks = tasks,
                PerSecond = load.Completed / seconds,
                Mean = load.Mean.TotalMilliseconds,
                P50 = Mix.MixRun.At(times, 50),
                P99 = Mix.MixRun.At(times, 99),
                ResidentMegabytes = load.Usage.Resident / 1e6,
                VirtualMegabytes = load.Usage.Virtual / 1e6,
            };
        }
        catch (OutOfMemoryException error)
        {
            point = new TaskPoint { Side = Name(side), Tasks = tasks, Failed = error.Message };
        }
        output.WriteLine(JsonSerializer.Serialize(point));
        if (point.Failed is not null)
            Environment.Exit(0);    // threads that did start would run on
    }

    /// <summary>Measures in another process.</summary>
    public static TaskPoint Apart(TaskSide side, int tasks, double seconds, Cores cores)
    {
        string[] command = cores.OnServer([Environment.ProcessPath!, .. Itself(), Command, $"{side}", tasks.ToString(CultureInfo.InvariantCulture), seconds.ToString(CultureInfo.InvariantCulture)]);
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var talk = process.StandardError.ReadToEndAsync();
        var line = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(s_patience))
        {
            process.Kill(entireProcessTree: true);
            return new TaskPoint { Side = Name(side), Tasks = tasks, Failed = string.Create(CultureInfo.InvariantCulture, $"not done after {s_patience.TotalSeconds} s") };
        }
        return Parse(line.GetAwaiter().GetResult()) ?? new TaskPoint { Side = Name(side), Tasks = tasks, Failed = $"exit code {process.ExitCode}: {talk.GetAwaiter().GetResult().Split('\n')[0]}" };
    }

    /// <summary>The name of a side in tables and pictures.</summary>
    public static string Name(TaskSide side) => side == TaskSide.Threads ? "a thread for each task" : "tamed calls on one loop";

    /// <summary>Reads what <see cref="Here"/> prints; null where it is something else.</summary>
    internal static TaskPoint? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<TaskPoint>(line);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The program is a file that <c>dotnet</c> runs, or an executable.</summary>
    private static string[] Itself() => Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(TaskRun).Assembly.Location] : [];
}
