using System.Diagnostics;
using System.Runtime;

namespace Tame.Benchmarks.Ours;

/// <summary>How long a look for lost events stops the threads of an idle program that has a large heap of small objects.</summary>
internal static partial class ProbePause
{
    private static readonly TimeSpan s_time = TimeSpan.FromSeconds(4);

    /// <summary>The longest pause in milliseconds, of some seconds in which the loop looks twice.</summary>
    public static double Longest(int megabytes, bool isConcurrent)
    {
        if (isConcurrent != (GCSettings.LatencyMode == GCLatencyMode.Interactive)) throw new InvalidOperationException($"The collector's mode is {GCSettings.LatencyMode}.");
        var heap = Fill(megabytes);
        GC.Collect();
        GC.Collect();
        var longest = TimeSpan.Zero;
        using var over = new ManualResetEventSlim();
        var watch = new Thread(() =>
        {
            // No code allocates, so the probe causes all pauses. A pause is over when it is seen.
            for (var before = GC.GetTotalPauseDuration(); !over.Wait(1);)
            {
                var now = GC.GetTotalPauseDuration();
                if (now - before > longest) longest = now - before;
                before = now;
            }
        });
        watch.Start();
        Loops.Run(Wait);
        over.Set();
        watch.Join();
        GC.KeepAlive(heap);
        return longest.TotalMilliseconds;
    }

    [Tamed]
    private static partial void Wait();

    private static void WaitBody()
    {
        using (twait()) timer(s_time, mkevent());
        Loops.Stop();
    }

    private static Node[][] Fill(int megabytes)
    {
        const int NodesInMegabyte = (1 << 20) / 64;
        var heap = new Node[megabytes][];
        for (var i = 0; i < heap.Length; i++)
        {
            heap[i] = new Node[NodesInMegabyte];
            for (var j = 0; j < NodesInMegabyte; j++) heap[i][j] = new Node(heap[i]);
        }

        return heap;
    }

    /// <summary>With its reference in the array, 64 bytes.</summary>
    private sealed record Node(object Owner, long A = 0, long B = 0, long C = 0, long D = 0);
}
