using Tame.Testing;

namespace WebNamespace.Tests;

public sealed partial class PricesTests
{
    /// <summary>The whole service, on a free port.</summary>
    [Fact]
    public async Task The_endpoint_answers_with_the_lowest_price()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var app = App.Build(["--urls=http://127.0.0.1:0"]);
        await app.StartAsync(cancellation);
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        Assert.Equal("3.4", await client.GetStringAsync(new Uri("/prices/tea", UriKind.Relative), cancellation));
        Assert.Equal("Healthy", await client.GetStringAsync(new Uri("/health", UriKind.Relative), cancellation));
    }

    // TestLoop runs a tamed method on an event loop in virtual time: the clock jumps to the next timer when nothing else can happen. So the limit takes no time.
    [Fact]
    public void A_supplier_that_is_too_slow_is_left_out() => TestLoop.Run(AskSlowOnes);

    [Tamed]
    private static partial void AskSlowOnes(Event done);

    private static void AskSlowOnesBody(Event done)
    {
        var prices = new Prices(new SlowSuppliers());
        twait(e => prices.Best("tea", e), out decimal? price);
        Assert.Equal(20, price);
        Assert.Equal(Prices.Limit, TestLoop.Elapsed);
        done.Trigger();
    }

    /// <summary>One supplier is cheap and takes an hour of the loop's clock. The other takes a second.</summary>
    private sealed class SlowSuppliers : Suppliers
    {
        public override async Task<decimal> PriceAsync(string supplier, string item, CancellationToken token)
        {
            bool isNear = supplier == "near";
            await Task.Delay(isNear ? TimeSpan.FromSeconds(1) : TimeSpan.FromHours(1), EventLoop.Current!.TimeProvider, token);
            return isNear ? 20 : 10;
        }
    }
}
