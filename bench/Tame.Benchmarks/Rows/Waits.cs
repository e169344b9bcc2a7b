extern alias RuntimeAsync;

using BenchmarkDotNet.Attributes;
using Runtime = RuntimeAsync::Tame.Benchmarks.Peers;

namespace Tame.Benchmarks.Rows;

/// <summary><c>using (twait()) asap(mkevent())</c> in a loop, and an await on a task that a pump completes.</summary>
public class Ping() : Row(1, N)
{
    private const int N = 5_000;
    private Ours.Ping? _tame;
    private Peers.Ping? _async;
    private Runtime.Ping? _runtime;

    [Benchmark(Description = "tame", OperationsPerInvoke = N)]
    public void Tame() => (_tame ??= new(Outstanding)).Run(Operations);

    [Benchmark(Description = "async", OperationsPerInvoke = N, Baseline = true)]
    public void Async() => (_async ??= new(Outstanding)).Run(Operations);

    [Benchmark(Description = "runtime-async", OperationsPerInvoke = N)]
    public void RuntimeAsync() => (_runtime ??= new(Outstanding)).Run(Operations);
}

/// <summary>One block over many events, and Task.WhenAll over as many tasks.</summary>
public class Fan() : Row(100, N)
{
    private const int N = 5_000;
    private Ours.Fan? _tame;
    private Peers.Fan? _async;
    private Runtime.Fan? _runtime;

    [Benchmark(Description = "tame", OperationsPerInvoke = N)]
    public void Tame() => (_tame ??= new(Outstanding)).Run(Operations);

    [Benchmark(Description = "async", OperationsPerInvoke = N, Baseline = true)]
    public void Async() => (_async ??= new(Outstanding)).Run(Operations);

    [Benchmark(Description = "runtime-async", OperationsPerInvoke = N)]
    public void RuntimeAsync() => (_runtime ??= new(Outstanding)).Run(Operations);
}

/// <summary>Three calls deep: the innermost waits, values come back.</summary>
public class Deep() : Row(1, N)
{
    private const int N = 5_000;
    private Ours.Deep? _tame;
    private Peers.Deep? _async;
    private Runtime.Deep? _runtime;

    [Benchmark(Description = "tame", OperationsPerInvoke = N)]
    public void Tame() => (_tame ??= new(Outstanding)).Run(Operations);

    [Benchmark(Description = "async", OperationsPerInvoke = N, Baseline = true)]
    public void Async() => (_async ??= new(Outstanding)).Run(Operations);

    [Benchmark(Description = "runtime-async", OperationsPerInvoke = N)]
    public void RuntimeAsync() => (_runtime ??= new(Outstanding)).Run(Operations);
}

/// <summary>A wait with a time limit, set and cancelled.</summary>
public class Limited() : Row(1, N)
{
    private const int N = 5_000;
    private Ours.Limited? _tame;
    private Peers.Limited? _async;
    private Runtime.Limited? _runtime;

    [Benchmark(Description = "tame", OperationsPerInvoke = N)]
    public void Tame() => (_tame ??= new(Outstanding)).Run(Operations);

    [Benchmark(Description = "async", OperationsPerInvoke = N, Baseline = true)]
    public void Async() => (_async ??= new(Outstanding)).Run(Operations);

    [Benchmark(Description = "runtime-async", OperationsPerInvoke = N)]
    public void RuntimeAsync() => (_runtime ??= new(Outstanding)).Run(Operations);
}
