using Tame.AspNetCore;

namespace WebShop;

/// <summary>Returns the best price of two suppliers, and how often it was requested.</summary>
public static partial class Shop
{
    #region shop
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.WebHost.UseTame(options => options.KeepHandlersOnLoop = true);
        var app = builder.Build();

        var asked = new Dictionary<string, int>();      // no lock: all handlers run on the one loop
        app.MapGet("/price/{item}", async (string item) =>
        {
            int times = asked[item] = asked.GetValueOrDefault(item) + 1;
            int price = await EventLoop.Current!.InvokeAsync<int>(e => BestPrice(item, e));
            return $"{item} costs {price}, asked {times} times\n";
        });
        return app;
    }

    [Tamed] private static partial void BestPrice(string item, Event<int> best);

    private static void BestPriceBody(string item, Event<int> best)
    {
        int here, there;
        using (twait())
        {
            Ask(item, 3, mkevent(out here));
            Ask(item, 2, mkevent(out there));
        }
        best.Trigger(Math.Min(here, there));
    }
    #endregion

    /// <summary>A supplier that answers a little later.</summary>
    [Tamed] private static partial void Ask(string item, int factor, Event<int> price);

    private static void AskBody(string item, int factor, Event<int> price)
    {
        twait(e => timer(TimeSpan.FromMilliseconds(5 * factor), e));
        price.Trigger(item.Length * factor);
    }
}
