using System.Diagnostics;

namespace Tame.Load;

/// <summary>The processor time that a process and its descendants have used, so far as the system still knows them.</summary>
internal static class ProcessorTime
{
    public static TimeSpan Of(int process) => ProcessTree.Of(process).Aggregate(TimeSpan.Zero, (sum, id) => sum + OfOne(id));

    private static TimeSpan OfOne(int process)
    {
        using var one = Process.GetProcessById(process);
        return one.TotalProcessorTime;
    }
}
