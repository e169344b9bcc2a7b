using Tame.Stages;
using Tame.Stages.Responses;

if (args is not ([] or [_] or ["--threads", _]))
{
    Console.Error.WriteLine("stages: give the folder for the plots, or nothing for the tables alone; --cost for what the overload controller costs; --threads and a folder for the thread-pool controller on threads of the system, which takes a minute");
    return 1;
}
if (args is ["--cost"])
{
    AdmissionCost.Print();
    return 0;
}

if (args is ["--threads", var pictures])
{
    var trials = new Dictionary<string, Trial> { ["simulated"] = ThreadPoolTrials.Run(new ThreadPoolOptions().Period), ["threads of the system"] = ThreadPoolTrials.Run(new ThreadPoolOptions().Period, isReal: true) };
    Tables.ThreadPool(trials);
    Plots.DrawThreads(pictures, "stages-threads-real", trials);
    return 0;
}

var threads = new Dictionary<string, Trial> { ["defaults"] = ThreadPoolTrials.Run(new ThreadPoolOptions().Period), ["the paper's constants"] = ThreadPoolTrials.Run(ThreadPoolOptions.Paper.Period) };
Tables.ThreadPool(threads);
var batches = new Dictionary<string, Trial> { ["defaults"] = BatchTrials.Run(new BatchOptions()), ["the paper's constants"] = BatchTrials.Run(BatchOptions.Paper) };
Tables.Batching(batches);
var overload = new Dictionary<string, Trial>
{
    ["defaults"] = OverloadTrials.Default.RunStep(),
    ["without control"] = (OverloadTrials.Default with { Control = null }).RunStep(),
    ["the paper's constants"] = (OverloadTrials.Default with { Control = OverloadOptions.Paper }).RunStep(),
};
Tables.Overload(overload);
Tables.Cases();
if (args is [var folder])
    Plots.Draw(folder, threads, batches, overload);
return 0;
