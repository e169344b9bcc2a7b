using System.Globalization;

namespace Tame.Load;

/// <summary>What the processes of a server use together.</summary>
/// <param name="Processor">Processor time, ended children included where their parent has waited for them.</param>
/// <param name="Resident">Bytes of resident memory. What processes share counts for each of them.</param>
/// <param name="Virtual">Bytes of address space.</param>
/// <param name="Threads">Threads.</param>
/// <param name="Processes">Processes.</param>
public readonly record struct ProcessUsage(TimeSpan Processor, long Resident, long Virtual, int Threads, int Processes);

/// <summary>A process with its descendants, as <c>/proc</c> shows them.</summary>
public static class ProcessTree
{
    private const long TicksPerSecond = 100;        // USER_HZ, which is part of Linux's interface

    /// <summary>The process, its children and theirs. Where there is no <c>/proc</c>, the process alone.</summary>
    public static IReadOnlyList<int> Of(int process)
    {
        if (!Directory.Exists("/proc"))
            return [process];
        // The lists of children below /proc are of each thread, of which there may be thousands. Parents are cheaper.
        var children = Directory.EnumerateDirectories("/proc").Select(path => Path.GetFileName(path)).Where(name => char.IsAsciiDigit(name[0]))
            .Select(name => int.Parse(name, CultureInfo.InvariantCulture)).ToLookup(id => Parent(Read($"/proc/{id}/stat")));
        List<int> family = [process];
        for (int i = 0; i < family.Count; i++)
            family.AddRange(children[family[i]]);
        return family;
    }

    /// <summary>What they use. A process that has ended meanwhile uses nothing.</summary>
    public static ProcessUsage Usage(int process)
    {
        ProcessUsage sum = default;
        foreach (int id in Of(process))
        {
            if (Parse(Read($"/proc/{id}/stat"), Read($"/proc/{id}/status")) is not { } one)
                continue;
            sum = new ProcessUsage(sum.Processor + one.Processor, sum.Resident + one.Resident, sum.Virtual + one.Virtual, sum.Threads + one.Threads, sum.Processes + 1);
        }
        return sum;
    }

    /// <summary>The proportional resident memory: what n processes share counts 1/n for each. 0 where the system does not tell.</summary>
    public static long Proportional(int process) => Of(process).Sum(id => Kilobytes(Read($"/proc/{id}/smaps_rollup"), "Pss:") * 1024);

    /// <summary>Reads the two files of a process; null where they are not there.</summary>
    internal static ProcessUsage? Parse(string stat, string status)
    {
        string[] fields = Fields(stat);
        if (fields.Length < 15 || status.Length == 0)
            return null;
        long ticks = fields[11..15].Sum(field => long.Parse(field, CultureInfo.InvariantCulture));
        return new ProcessUsage(TimeSpan.FromSeconds((double)ticks / TicksPerSecond), Kilobytes(status, "VmRSS:") * 1024, Kilobytes(status, "VmSize:") * 1024, (int)Kilobytes(status, "Threads:"), 1);
    }

    private static int Parent(string stat) => Fields(stat) is [_, var parent, ..] ? int.Parse(parent, CultureInfo.InvariantCulture) : 0;

    /// <summary>What follows the name of the program. The name is in parentheses, and may contain blanks and parentheses.</summary>
    private static string[] Fields(string stat) => stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static long Kilobytes(string text, string key)
    {
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (line.StartsWith(key, StringComparison.Ordinal))
                return long.Parse(line[key.Length..].TrimEnd(" kB").Trim(), CultureInfo.InvariantCulture);
        }
        return 0;
    }

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
