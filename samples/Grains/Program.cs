// Tamed code in grains of Orleans: the programs of docs/orleans.md.
//
//   dotnet run --project samples/Grains
#region silo
using Grains;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Hosting;
using Tame.Orleans;

var builder = Host.CreateApplicationBuilder(args);
builder.Logging.ClearProviders();
builder.UseOrleans(silo => silo.UseLocalhostClustering(siloPort: 11197, gatewayPort: 30097).UseTame());
using var host = builder.Build();
await host.StartAsync();

var report = host.Services.GetRequiredService<IGrainFactory>().GetGrain<IReport>("today");
Console.WriteLine(await report.Total(["ada", "bob", "cyd", "dan"], window: 2));
#endregion
try
{
    await report.Total(["ada", "eve"], window: 2);
}
catch (TimeoutException error)
{
    Console.WriteLine($"{error.GetType().Name}, and the report goes on:");
}
Console.WriteLine(await report.Total(["ada"], window: 2));
await host.StopAsync();
