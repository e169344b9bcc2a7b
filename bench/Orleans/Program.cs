// Times calls of grains in a silo of this process: tamed, and in turns with that the same grains written with async.
//
//   dotnet run -c Release --project bench/Orleans [-t FILE] [ROUNDS]
//
// -t appends the numbers to a file, as bench/Report reads them.
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Hosting;
using OrleansBench;
using Tame.Benchmarks;
using Tame.Orleans;

string? file = args is ["-t", var path, ..] ? path : null;
int rounds = args[(file is null ? 0 : 2)..] is [var text] ? int.Parse(text, CultureInfo.InvariantCulture) : 15;
var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
builder.Logging.ClearProviders();
builder.UseOrleans(silo => silo.UseLocalhostClustering(siloPort: 11297, gatewayPort: 30197).UseTame());
using var host = builder.Build();
await host.StartAsync();
var grains = host.Services.GetRequiredService<IGrainFactory>();
var (tamed, other) = (grains.GetGrain<ITamedWork>(0), grains.GetGrain<IAsyncWork>(0));

await Compare("sequential call, no wait", "grain-call", 20_000, Sequential);
await Compare("one wait, 16 callers", "grain-wait", 40_000, Callers);
await Compare("fan-out, window 10", "grain-lookups", 20_000, static async (grain, count) => await grain.FanOut(count));
await host.StopAsync();

async Task Compare(string name, string row, int count, Func<IWorkGrain, int, Task> work)
{
    var times = new List<(double Tamed, double Async)>();
    for (int round = -10; round < rounds; round++)       // the first ten are for the compiler
    {
        var (first, second) = round % 2 == 0 ? ((IWorkGrain)tamed, (IWorkGrain)other) : (other, tamed);
        var (one, two) = (await Time(first), await Time(second));
        if (round >= 0)
            times.Add(round % 2 == 0 ? (one, two) : (two, one));
    }
    var (ours, theirs) = (Median(times.Select(time => time.Tamed)), Median(times.Select(time => time.Async)));
    if (file is not null)
        await File.AppendAllLinesAsync(file, [$"{new Measurement(row, "tame", 0, "ns", ours)}", $"{new Measurement(row, "async", 0, "ns", theirs)}"]);
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{name,-26} tamed {ours,8:F0} ns   async {theirs,8:F0} ns   tamed / async {Median(times.Select(time => time.Tamed / time.Async)):F2}"));

    async Task<double> Time(IWorkGrain grain)
    {
        long began = Stopwatch.GetTimestamp();
        await work(grain, count);
        return Stopwatch.GetElapsedTime(began).TotalNanoseconds / count;
    }
}

static double Median(IEnumerable<double> values) => values.Order().ElementAt(values.Count() / 2);

static async Task Sequential(IWorkGrain grain, int count)
{
    for (int i = 0; i < count; i++)
        await grain.Get(i);
}

static Task Callers(IWorkGrain grain, int count) => Task.WhenAll(Enumerable.Range(0, 16).Select(async _ =>
{
    for (int i = 0; i < count / 16; i++)
        await grain.Wait(i);
}));
