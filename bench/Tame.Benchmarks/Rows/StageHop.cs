using BenchmarkDotNet.Attributes;

namespace Tame.Benchmarks.Rows;

/// <summary>An item from one stage to the next on one loop, against an item through a bounded channel, and a plain tamed call.</summary>
public class StageHop() : Row(1, N)
{
    private const int N = 10_000;
    private Ours.StageHop? _tame;
    private Peers.ChannelHop? _channel;

    public override int MostOutstanding => 1;

    [Benchmark(Description = "tame", OperationsPerInvoke = N)]
    public void Tame() => (_tame ??= new()).Run(Operations);

    [Benchmark(Description = "queued", OperationsPerInvoke = N)]
    public void Queued() => (_tame ??= new()).RunQueued(Operations);

    [Benchmark(Description = "call", OperationsPerInvoke = N)]
    public void Call() => (_tame ??= new()).RunCalls(Operations);

    [Benchmark(Description = "channel", OperationsPerInvoke = N, Baseline = true)]
    public void Channel() => (_channel ??= new()).Run(Operations);
}

/// <summary>Items from one thread to another through a queue of a capacity.</summary>
public class StageThreads() : Row(1_024, N)
{
    private const int N = 100_000;
    private Ours.StageThreads? _tame;
    private Peers.ChannelThreads? _channel;

    public override bool IsMeasuredInTurns => true;

    [Benchmark(Description = "tame", OperationsPerInvoke = N)]
    public void Tame() => (_tame ??= new(Outstanding)).RunLoop(Operations);

    [Benchmark(Description = "threads", OperationsPerInvoke = N)]
    public void Threads() => (_tame ??= new(Outstanding)).RunThread(Operations);

    [Benchmark(Description = "channel", OperationsPerInvoke = N, Baseline = true)]
    public void Channel() => (_channel ??= new(Outstanding)).Run(Operations);
}
