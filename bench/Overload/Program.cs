using System.Globalization;
using Tame.Overload;
using Tame.Overload.Memory;

double[] loads = [0.5, 0.75, 1, 1.25, 1.5, 2, 2.5, 3];
switch (args)
{
    case [MemoryRuns.Word, _, _, _]:
        return MemoryRuns.Serve(args.AsSpan(1));
    case ["memory"] or ["memory", _]:
        Memory(args.ElementAtOrDefault(1));
        return 0;
    case [] or [_]:
        Pages(args.FirstOrDefault());
        return 0;
    default:
        Console.Error.WriteLine("usage: overload [memory] [FOLDER]: simulated pages, or real memory in processes with little of it (8 minutes). The plots go to the folder; without one, there is the table alone.");
        return 1;
}

void Pages(string? folder)
{
    var outcomes = Variant.All.ToDictionary(variant => variant, variant => loads.Select(load => new Experiment(load, variant).Run()).ToList());
    foreach (var (variant, runs) in outcomes)
    {
        Console.WriteLine($"{variant.Name}:");
        Console.WriteLine("  load  answered/s  refused/s  99th percentile, s");
        foreach (var run in runs)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {run.Load,4:0.00} {run.Throughput,11:0.0} {run.Refused,10:0.0} {run.Latency,19:0.00}"));
    }
    if (folder is not null)
        Plots.Draw(folder, "overload", variant => outcomes[variant]);
}

void Memory(string? folder)
{
    var outcomes = MemoryRuns.All(loads, TimeSpan.FromSeconds(20));
    foreach (var (variant, runs) in outcomes)
    {
        Console.WriteLine($"{variant.Name}:");
        Console.WriteLine("  load  answered/s  refused/s  failed/s  99th percentile, s  pauses");
        foreach (var run in runs)
        {
            Console.WriteLine(run.HasEnded
                ? string.Create(CultureInfo.InvariantCulture, $"  {run.Load,4:0.00}  the process ended before its time")
                : string.Create(CultureInfo.InvariantCulture, $"  {run.Load,4:0.00} {run.Throughput,11:0.0} {run.Refused,10:0.0} {run.Failed,9:0.0} {run.Latency,19:0.00} {run.Pauses,7:0 %}"));
        }
    }
    if (folder is not null)
        Plots.Draw(folder, "overload-memory", variant => outcomes[variant]);
}
