using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using WebShop;

namespace Tame.AspNetCore.Tests;

/// <summary>The program of docs/aspnetcore.md.</summary>
public sealed class SampleTests
{
    [Fact]
    public async Task The_shop_tells_the_best_price_and_counts_without_a_lock()
    {
        TestServer.SkipWhereMissing(Transport.TameKeepingHandlers);
        await using var app = Shop.Build(["--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Default", "None"]);
        await app.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()) };

        Assert.Equal("tea costs 6, asked 1 times\n", await client.GetStringAsync("/price/tea"));
        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => client.GetStringAsync("/price/tea"))).Ends();

        Assert.Equal(Enumerable.Range(2, 30).Select(times => $"tea costs 6, asked {times} times\n").Order(), answers.Order());
        await app.StopAsync();
    }
}
