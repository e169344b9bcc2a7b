using System.Net;
using System.Net.Http.Json;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using WebApp;

namespace Tame.Hosting.Tests;

/// <summary>samples/WebApp: the tamed service and its async twin are asked the same.</summary>
public sealed class WebAppTests
{
    private static readonly string[] s_twins = ["", "async/"];

    [Theory]
    [InlineData("tea")]
    [InlineData("chocolate")]
    [InlineData("x")]
    public async Task Both_twins_quote_the_same(string item)
    {
        foreach (string twin in s_twins)
        {
            using var service = new Service();
            using var client = service.CreateClient();
            var quote = await client.GetFromJsonAsync<Quote>($"{twin}prices/{item}");
            Assert.Equal(Expected(item), quote);
            Assert.InRange(service.Upstream.Asked, 9, 24);            // each supplier once, the moody one twice, and more on a slow machine
        }
    }

    [Fact]
    public async Task Both_ask_no_more_suppliers_at_once_than_the_window_has()
    {
        foreach (string twin in s_twins)
        {
            using var service = new Service(new QuoteOptions { Limit = Hosted.Hang, Hedging = new() { MaxTries = 1 } });
            using var client = service.CreateClient();
            _ = service.Upstream.PriceAsync("Moody", "tea", new CancellationToken(canceled: true));      // it answers the next time
            Assert.Equal(Expected("tea"), await client.GetFromJsonAsync<Quote>($"{twin}prices/tea"));
            Assert.Equal(9, service.Upstream.Asked);
            Assert.InRange(service.Upstream.MostRunning, 1, new QuoteOptions().Window);
        }
    }

    [Fact]
    public void Typed_results_describe_both_endpoints_alike()
    {
        using var service = new Service();
        var endpoints = service.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().ToLookup(endpoint => endpoint.RoutePattern.RawText);
        Assert.All(["/prices/{item}", "/async/prices/{item}"], pattern => Assert.Equal(
            [(200, typeof(Quote)), (404, typeof(void))],
            endpoints[pattern].Single().Metadata.GetOrderedMetadata<IProducesResponseTypeMetadata>().Select(answer => (answer.StatusCode, answer.Type ?? typeof(void)))));
    }

    [Fact]
    public async Task What_nobody_has_is_not_found_in_both()
    {
        using var service = new Service();
        using var client = service.CreateClient();
        foreach (string twin in s_twins)
            Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"{twin}prices/nothing")).StatusCode);
    }

    [Fact]
    public Task A_supplier_that_does_not_answer_is_late_in_both_and_its_call_is_cancelled() => Task.WhenAll(s_twins.Select(async twin =>
    {
        using var service = new Service(new QuoteOptions { Limit = TimeSpan.FromSeconds(3) });
        using var client = service.CreateClient();
        var quote = await client.GetFromJsonAsync<Quote>($"{twin}prices/gold");
        Assert.Equal(Expected("gold") with { Late = 1 }, quote);
        Assert.True(SpinWait.SpinUntil(() => service.Upstream.Running == 0, Hosted.Hang));
        Assert.InRange(service.Upstream.Cancelled, 4, 24);        // three tries of Oslo, and one of the moody supplier
    }));

    [Fact]
    public async Task A_request_that_its_client_gives_up_leaves_nothing_under_way_in_both()
    {
        foreach (string twin in s_twins)
        {
            using var service = new Service(new QuoteOptions { Limit = Timeout.InfiniteTimeSpan });
            using var client = service.CreateClient();
            using var source = new CancellationTokenSource();
            var request = client.GetAsync($"{twin}catalog?items=gold&items=tea&items=gold", source.Token);
            Assert.True(SpinWait.SpinUntil(() => service.Upstream.Running == 6 && service.Upstream.Asked > 20, Hosted.Hang), $"{service.Upstream.Running}");     // three tries of Oslo, twice
            await source.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
            Assert.True(SpinWait.SpinUntil(() => service.Upstream.Running == 0, Hosted.Hang));
            Assert.True(SpinWait.SpinUntil(() => service.Loops.All(loop => loop.Statistics.BlockedCalls == 0), Hosted.Hang));
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("prices/tea")).StatusCode);
        }
    }

    [Fact]
    public async Task A_rate_limit_that_is_used_up_refuses_in_both()
    {
        foreach (string twin in s_twins)
        {
            using var service = new Service(limit: new TokenBucketRateLimiter(new() { TokenLimit = 3, TokensPerPeriod = 1, ReplenishmentPeriod = TimeSpan.FromHours(1), AutoReplenishment = false }));
            using var client = service.CreateClient();
            var quote = await client.GetFromJsonAsync<Quote>($"{twin}prices/tea");
            Assert.Equal(5, quote!.Refused);
            Assert.Equal(0, quote.Late);
        }
    }

    [Fact]
    public async Task The_controller_answers_for_many_items_as_its_twin_does()
    {
        using var service = new Service();
        using var client = service.CreateClient();
        string query = "catalog?" + string.Join('&', Enumerable.Range(0, 20).Select(i => $"items=item{i}")) + "&items=nothing";
        Quote?[] expected = [.. Enumerable.Range(0, 20).Select(i => Expected($"item{i}")), null];
        foreach (string twin in s_twins)
            Assert.Equal(expected, await client.GetFromJsonAsync<Quote?[]>(twin + query));
    }

    [Fact]
    public async Task Many_requests_at_once_are_answered_right_and_the_loops_stay_healthy()
    {
        using var service = new Service();
        using var client = service.CreateClient();
        var quotes = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => client.GetFromJsonAsync<Quote>($"{s_twins[i % 2]}prices/item{i}")));
        Assert.Equal(Enumerable.Range(0, 100).Select(i => Expected($"item{i}")), quotes);
        Assert.Equal("Healthy", await client.GetStringAsync("health"));
    }

    /// <summary>What the suppliers make of an item.</summary>
    private static Quote Expected(string item)
    {
        var (price, supplier) = new Upstream().Suppliers.Where(supplier => supplier != "Oslo" || item != "gold").Select(supplier => (Upstream.Price(supplier, item), supplier)).Min();
        return new Quote(item, price, supplier, 0, 0);
    }

    /// <summary>The service as its program builds it, with what a test changes.</summary>
    private sealed class Service(QuoteOptions? options = null, RateLimiter? limit = null) : WebApplicationFactory<Upstream>
    {
        public Upstream Upstream => Services.GetRequiredService<Upstream>();

        public EventLoopGroup Loops => Services.GetRequiredService<EventLoopGroup>();

        protected override void ConfigureWebHost(IWebHostBuilder builder) => builder.ConfigureLogging(logging => logging.SetMinimumLevel(LogLevel.Warning)).ConfigureTestServices(services =>
        {
            services.AddSingleton(options ?? new QuoteOptions { Limit = Hosted.Hang });
            if (limit is not null)
                services.AddSingleton(limit);
        });
    }
}
