using System.Diagnostics;

namespace Tame.Load;

/// <summary>The processor time that a process and its children have used, so far as the system still knows them.</summary>
internal static class ProcessorTime
{
    public static TimeSpan Of(int process) => Family(process).Aggregate(TimeSpan.Zero, (sum, id) => sum + OfOne(id));

    private static IEnumerable<int> Family(int process)
    {
        string children = $"/proc/{process}/task/{process}/children";
        return [process, .. File.Exists(children) ? File.ReadAllText(children).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse) : []];
    }

    private static TimeSpan OfOne(int process)
    {
        using var one = Process.GetProcessById(process);
        return one.TotalProcessorTime;
    }
}
