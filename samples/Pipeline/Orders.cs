using System.Globalization;
using Tame.Stages;

namespace Pipeline;

/// <summary>Reads lines as orders, and prices two orders at a time, those of one account one after the other.</summary>
public static partial class Orders
{
    private static readonly string[] s_lines = ["anna 1", "anna 2", "bert 3", "carl 4", "bert 5", "dora 6"];

    /// <summary>The loop's time in seconds.</summary>
    private static string Now => string.Create(CultureInfo.InvariantCulture, $"{EventLoop.Current!.TimeProvider.GetElapsedTime(0).TotalSeconds:0.0} s");

    public static void RunAll(TextWriter output) => EventLoop.Run(done => Run(s_lines, output, done), new EventLoopOptions { VirtualTime = true });

    #region stages
    [Tamed] public static partial void Run(string[] lines, TextWriter output, Event done);

    private static void RunBody(string[] lines, TextWriter output, Event done)
    {
        var price = Stage.OnLoop<Order>("price", (order, e) => Price(order, output, e), new()
        {
            Capacity = 3,
            MaxConcurrency = 2,
            OrderBy = StageOrder.By((Order order) => order.Account),
        });
        var read = Stage.OnLoop<string>("read", (line, e) => Read(line, price, output, e));
        var graph = new StageGraph("orders").Connect(read, price, StageLink.Tries).AddEnd(price);
        graph.Start();
        foreach (string line in lines)
            read.TryEnqueue(line);
        twait(e => graph.Stop(TimeSpan.FromSeconds(10), e));
        foreach (var stage in graph.Statistics)
            output.WriteLine($"{stage.Name}: {stage.Completed} handled, {stage.RefusedFull} refused");
        done.Trigger();
    }

    [Tamed] private static partial void Read(string line, Stage<Order> price, TextWriter output, Event done);

    private static void ReadBody(string line, Stage<Order> price, TextWriter output, Event done)
    {
        string[] words = line.Split(' ');
        var order = new Order(words[0], int.Parse(words[1], CultureInfo.InvariantCulture));
        if (price.TryEnqueue(order) != EnqueueOutcome.Accepted)
            output.WriteLine($"{Now}: {line} is refused");      // the program's own answer, at once
        done.Trigger();
    }

    [Tamed] private static partial void Price(Order order, TextWriter output, Event done);

    private static void PriceBody(Order order, TextWriter output, Event done)
    {
        twait(e => timer(TimeSpan.FromSeconds(1), e));
        output.WriteLine($"{Now}: {order.Account} {order.Number}");
        done.Trigger();
    }

    public sealed record Order(string Account, int Number);
    #endregion
}
