using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http.HttpResults;
using Tame.Hosting;

namespace WebApp;

/// <summary>The service: its event loops and its endpoints. The other endpoints are in a controller.</summary>
public static class App
{
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddControllers();
        builder.Services.AddSingleton<Upstream>().AddSingleton<AsyncQuotes>().AddSingleton(new QuoteOptions());
        builder.Services.AddSingleton<RateLimiter>(new TokenBucketRateLimiter(new() { TokenLimit = 1000, TokensPerPeriod = 100, ReplenishmentPeriod = TimeSpan.FromMilliseconds(100), QueueLimit = 1000 }));
        #region services
        builder.Services.AddSingleton<TamedQuotes>();
        builder.Services.AddEventLoops(2).ConfigureEventLoops(builder.Configuration.GetSection("EventLoops"));
        builder.Services.AddHealthChecks().AddEventLoops();
        #endregion
        var app = builder.Build();
        #region endpoint
        app.MapGet("/prices/{item}", async Task<Results<Ok<Quote>, NotFound>> (string item, EventLoopGroup loops, TamedQuotes quotes, CancellationToken aborted) =>
            await loops.InvokeAsync<Quote?>(quote => quotes.Best(item, quote), aborted) is { } best ? TypedResults.Ok(best) : TypedResults.NotFound());
        #endregion
        app.MapGet("/async/prices/{item}", async Task<Results<Ok<Quote>, NotFound>> (string item, AsyncQuotes quotes, CancellationToken aborted) =>
            await quotes.BestAsync(item, aborted) is { } best ? TypedResults.Ok(best) : TypedResults.NotFound());
        app.MapControllers();
        app.MapHealthChecks("/health");
        return app;
    }
}
