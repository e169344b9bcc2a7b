// A crawler on a cluster of two silos. Each host is a tamed grain, which fetches its pages a few at a time. The client has the list of work, and asks again for pages without a result.
// You can kill the second silo while it works. With --store redis you can kill either.
//
//   dotnet run -c Release --project samples/Cluster
//   dotnet run -c Release --project samples/Cluster -- --kill 2 --after 200
//   samples/Cluster/redis &  dotnet run -c Release --project samples/Cluster -- --store redis --kill 1 --after 200
using ClusterProgram;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;
using Spectre.Console;

if (Settings.Parse(args) is not { } settings)
{
    Console.Error.WriteLine(Settings.Usage);
    return 1;
}

if (settings.Silo != 0)
{
    using var silo = Nodes.Silo(settings);
    await silo.StartAsync();
    Console.WriteLine("ready");
    while (await Console.In.ReadLineAsync() is not null)
    {
    }
    await silo.StopAsync();
    return 0;
}

using var first = SiloProcess.Start(settings.OfSilo(1));
await first.Ready();
using var second = SiloProcess.Start(settings.OfSilo(2));
await second.Ready();
using var host = Nodes.Client(settings);
await host.StartAsync();

var ids = Enumerable.Range(0, settings.Pages).Select(i => new PageId($"host-{i % settings.Hosts}.example", i / settings.Hosts)).ToList();
var work = new Work(host.Services.GetRequiredService<IClusterClient>(), ids, window: 100);
bool isKilled = false;
AnsiConsole.Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new SpinnerColumn()).Start(console =>
{
    var bar = console.AddTask("pages", maxValue: Math.Max(1, work.Count));
    EventLoop.Run(done => work.Run(Show, done));

    void Show(Work now)
    {
        bar.Value = now.Results.Count;
        bar.Description = $"{now.Results.Count} of {now.Count} pages";
        if (settings.Kill == 0 || isKilled || now.Results.Count < settings.After)
            return;
        isKilled = true;
        (settings.Kill == 1 ? first : second).Kill();
    }
});

int right = work.Results.Count(result => result.Value.Title == Upstream.TitleOf(result.Key.Host, result.Key.Page));
var bySilo = Enumerable.Range(1, 2).Select(silo => $"silo {silo}: {work.Results.Values.Count(result => result.Silo == silo)}");
Console.WriteLine($"{work.Count} pages, {work.Results.Count} results, {right} right, {string.Join(", ", bySilo)}, {(work.Resubmitted == 0 ? "none" : work.Resubmitted)} resubmitted{(isKilled ? $", silo {settings.Kill} killed" : "")}");
await host.StopAsync();
return right == work.Count ? 0 : 2;
