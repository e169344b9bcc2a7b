using System.Text;
using Tame.Stages;

/// <summary>What a trimmer or a compiler ahead of time could break in Tame.Stages: handlers of each kind, keys, controllers, graphs, statistics, and stages for files.</summary>
internal static partial class Orders
{
    [Tamed] public static partial void Start(Event done);

    private static void StartBody(Event done)
    {
        var sums = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var add = Stage.OnLoop<Order>("add", (order, e) => Add(order, sums, e), new()
        {
            MaxConcurrency = 2,
            OrderBy = StageOrder.By((Order order) => order.Account),
            Admission = new OverloadController(new OverloadOptions { InitialRate = 1_000_000 }),
        });
        var price = Stage.OnThreadsInBatches<Order>("price", batch => Price(batch, add), new() { Threads = 2, ThreadPool = new ThreadPoolController(), Batching = new BatchController() });
        var graph = new StageGraph("orders").Connect(price, add, StageLink.Tries).AddEnd(add);
        graph.Start();
        for (int i = 1; i <= 4; i++)
            price.TryEnqueue(new Order(i % 2 == 0 ? "anna" : "bert", i));
        Stage.TryEnqueueAll(price.Offer(new Order("carl", 5)), add.Offer(new Order("dora", 6)));
        twait(e => graph.Stop(TimeSpan.FromMinutes(1), e));
        Console.WriteLine($"sums: {string.Join(", ", sums.Select(sum => $"{sum.Key} {sum.Value}"))}");
        Console.WriteLine($"handled: {string.Join(", ", graph.Statistics.OrderBy(stage => stage.Name, StringComparer.Ordinal).Select(stage => $"{stage.Name} {stage.Completed}"))}");
        twait(e => Keep(Path.Combine(Path.GetTempPath(), $"tame-orders-{Environment.ProcessId}"), e));
        done.Trigger();
    }

    private static void Price(StageBatch<Order> batch, Stage<Order> add)
    {
        foreach (var order in batch)
            add.TryEnqueue(order with { Number = 10 * order.Number });
    }

    [Tamed] private static partial void Add(Order order, SortedDictionary<string, int> sums, Event done);

    private static void AddBody(Order order, SortedDictionary<string, int> sums, Event done)
    {
        int sum = sums.GetValueOrDefault(order.Account);
        twait(e => asap(e));
        sums[order.Account] = sum + order.Number;
        done.Trigger();
    }

    /// <summary>Writes and reads a file by a stage.</summary>
    [Tamed] private static partial void Keep(string path, Event done);

    private static void KeepBody(string path, Event done)
    {
        var files = new FileStage("files");
        twait(e => files.TryWrite(path, 0, "two words"u8.ToArray(), e));
        twait(e => files.TryRead(path, 4, 5, e), out FilePacket packet);
        Console.WriteLine($"kept: {Encoding.UTF8.GetString(packet.Bytes.Span)}");
        packet.Dispose();
        File.Delete(path);
        twait(e => files.Stop(TimeSpan.FromMinutes(1), e));
        done.Trigger();
    }

    private sealed record Order(string Account, int Number);
}
