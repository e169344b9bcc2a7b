using System.Globalization;
using Tame.Overload;

if (args is not ([] or [_]))
{
    Console.Error.WriteLine("overload: give the folder for the plots, or nothing for the table alone");
    return 1;
}

double[] loads = [0.5, 0.75, 1, 1.25, 1.5, 2, 2.5, 3];
var outcomes = Variant.All.ToDictionary(variant => variant, variant => loads.Select(load => new Experiment(load, variant).Run()).ToList());
foreach (var (variant, runs) in outcomes)
{
    Console.WriteLine($"{variant.Name}:");
    Console.WriteLine("  load  answered/s  refused/s  99th percentile, s");
    foreach (var run in runs)
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {run.Load,4:0.00} {run.Throughput,11:0.0} {run.Refused,10:0.0} {run.Latency,19:0.00}"));
}
if (args is [var folder])
    Plots.Draw(folder, outcomes);
return 0;
