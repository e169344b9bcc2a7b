using System.Diagnostics;

namespace Tame.Stages.Responses;

/// <summary>What the overload controller costs for a request: a request each microsecond, of which a tenth is admitted and answered.</summary>
internal static class AdmissionCost
{
    private const int Requests = 10_000_000;

    public static void Print()
    {
        for (int round = 0; round < 5; round++)
        {
            var controller = new OverloadController(new OverloadOptions { Targets = [TimeSpan.FromMilliseconds(10)], MaxRate = 100_000 });
            int admitted = 0;
            long bytes = GC.GetAllocatedBytesForCurrentThread();
            var clock = Stopwatch.StartNew();
            for (int i = 0; i < Requests; i++)
            {
                var now = TimeSpan.FromTicks(10L * i);
                if (!controller.TryAdmit(0, now))
                    continue;
                admitted++;
                controller.Observe(0, TimeSpan.FromTicks(1000), now);
            }
            double each = clock.Elapsed.TotalNanoseconds / Requests;
            bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
            Console.WriteLine($"{each:0.0} ns and {(double)bytes / Requests:0.0} bytes for a request, of which {(double)admitted / Requests:0.00} were admitted and answered");
        }
        PrintAdmitted();
    }

    /// <summary>The same when all are admitted.</summary>
    private static void PrintAdmitted()
    {
        for (int round = 0; round < 5; round++)
        {
            var controller = new OverloadController(new OverloadOptions { Targets = [TimeSpan.FromMilliseconds(10)], InitialRate = 1e6 });
            var (clock, admitted) = (Stopwatch.StartNew(), 0);
            for (int i = 0; i < Requests; i++)
            {
                var now = TimeSpan.FromTicks(20L * i);
                if (controller.TryAdmit(0, now))
                    admitted++;
                controller.Observe(0, TimeSpan.FromTicks(1000), now);
            }
            Console.WriteLine($"{clock.Elapsed.TotalNanoseconds / Requests:0.0} ns for a request that is admitted and answered ({(double)admitted / Requests:0.00} were)");
        }
    }
}
