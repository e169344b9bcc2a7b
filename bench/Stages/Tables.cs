namespace Tame.Stages.Responses;

/// <summary>Prints what the trials show.</summary>
internal static class Tables
{
    public static void ThreadPool(Dictionary<string, Trial> trials)
    {
        Console.WriteLine($"Thread-pool controller: the load needs {ThreadPoolTrials.Needed} threads from 10 s to 30 s, and one before and after.");
        Console.WriteLine("                        second:  10    12    14    16    20    30    32    35    40    60");
        foreach (var (name, trial) in trials)
        {
            var moments = Array.ConvertAll([10, 12, 14, 16, 20, 30, 32, 35, 40, 60], second => trial.Moments.FirstOrDefault(moment => moment.At >= second) ?? trial.Moments[^1]);
            Console.WriteLine($"  {name,-21} threads{string.Concat(moments.Select(moment => $" {moment.Threads,5}"))}");
            Console.WriteLine($"  {name,-21} waiting{string.Concat(moments.Select(moment => $" {moment.QueueLength,5}"))}");
        }
    }

    public static void Batching(Dictionary<string, Trial> trials)
    {
        Console.WriteLine("Batching controller: in the last ten seconds of each part, the batch and the share of the limit of 10,000 items/s.");
        Console.WriteLine($"  {"",-21}    a batch costs 20 items    2 items             20 items");
        Console.WriteLine($"  {"smallest for 0.9",-21}{Parts((_, to) => $"{BatchTrials.Knee(0.9, to - 1, 1000),12:0}        ")}");
        foreach (var (name, trial) in trials)
            Console.WriteLine($"  {name,-21}{Parts((from, to) => $"{Batch(trial, from, to),12:0} ({trial.Throughput(from, to) / BatchTrials.Limit:0.00}) ")}");
    }

    public static void Overload(Dictionary<string, Trial> trials)
    {
        Console.WriteLine("Overload controller: target 0.5 s, peak 1,000/s; half of it, from 10 s to 40 s ten times as much, then half of it. The client waits for a second.");
        Console.WriteLine($"  {"",-21}  10-40 s: p90, s   answered/s   in time/s   Jain    45-60 s: p90, s   in time/s   refused");
        foreach (var (name, trial) in trials)
        {
            Console.WriteLine($"  {name,-21} {trial.Response(10, 40),15:0.00} {trial.Throughput(10, 40),12:0} {trial.InTime(10, 40),11:0} {trial.Fairness(10, 40),6:0.00} " +
                $"{trial.Response(45, 60),17:0.00} {trial.InTime(45, 60),11:0} {trial.Refused(45, 60),9}");
        }
    }

    public static void Cases()
    {
        Console.WriteLine("Cases: the 90th percentile as a multiple of the target, and the throughput as a share of the peak.");
        Console.WriteLine($"  {"peak/s, target",-20} {string.Concat(OverloadCase.All.Select(test => $"{test.Name,24}"))}");
        foreach (var trials in OverloadCase.Stages)
        {
            var cells = OverloadCase.All.Select(test => test.Run(trials)).Select(seen => $"{seen.Response:0.00} {seen.Throughput:0.00}");
            Console.WriteLine($"  {trials.Peak,8:0}/s {trials.Target.TotalSeconds,6:0.00} s   {string.Concat(cells.Select(cell => $"{cell,24}"))}");
        }
    }

    private static string Parts(Func<double, double, string> cell) => string.Concat(Enumerable.Range(1, 3).Select(part => cell(part * BatchTrials.Part - 10, part * BatchTrials.Part)));

    private static double Batch(Trial trial, double from, double to) => trial.Moments.Where(moment => moment.At > from && moment.At <= to).Average(moment => moment.BatchSize);
}
