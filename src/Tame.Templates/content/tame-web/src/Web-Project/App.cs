using Tame.Hosting;

namespace WebNamespace;

/// <summary>The service and its endpoints.</summary>
public static class App
{
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddSingleton<Suppliers>();
        builder.Services.AddSingleton<Prices>();

        // Event loops start and stop with the host. Each loop has its own thread. With two loops, each would serve every other call.
        builder.Services.AddEventLoops(1);
        builder.Services.AddHealthChecks().AddEventLoops();
        var app = builder.Build();

        // InvokeAsync starts the tamed method on a loop, and returns a task for the value of its event. When the client disconnects, the event is cancelled.
        app.MapGet("/prices/{item}", async (string item, EventLoopGroup loops, Prices prices, CancellationToken aborted) =>
            await loops.InvokeAsync<decimal?>(best => prices.Best(item, best), aborted) is { } price ? Results.Ok(price) : Results.StatusCode(503));

        app.MapHealthChecks("/health");
        return app;
    }
}
