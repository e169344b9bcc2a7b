extern alias RuntimeAsync;

using BenchmarkDotNet.Attributes;
using Runtime = RuntimeAsync::Tame.Benchmarks.Peers;

namespace Tame.Benchmarks.Rows;

/// <summary>A call that does not wait.</summary>
public class Calls() : Row(1, N)
{
    private const int N = 10_000;
    private Ours.Calls? _tame;
    private Peers.Calls? _async;
    private Runtime.Calls? _runtime;

    /// <summary>A call that does not wait is never outstanding.</summary>
    public override int MostOutstanding => 0;

    [Benchmark(Description = "tame", OperationsPerInvoke = N)]
    public void Tame() => (_tame ??= new()).Run(Operations);

    [Benchmark(Description = "async", OperationsPerInvoke = N, Baseline = true)]
    public void Async() => (_async ??= new()).Run(Operations);

    [Benchmark(Description = "valuetask", OperationsPerInvoke = N)]
    public void ValueTask() => (_async ??= new()).RunValueTasks(Operations);

    [Benchmark(Description = "runtime-async", OperationsPerInvoke = N)]
    public void RuntimeAsync() => (_runtime ??= new()).Run(Operations);

    [Benchmark(Description = "runtime-async-valuetask", OperationsPerInvoke = N)]
    public void RuntimeValueTask() => (_runtime ??= new()).RunValueTasks(Operations);
}

/// <summary>A window of operations with ids.</summary>
public class Window() : Row(64, N)
{
    private const int N = 5_000;
    private Ours.Window? _tame;
    private Peers.Window? _async;
    private Runtime.Window? _runtime;

    [Benchmark(Description = "tame", OperationsPerInvoke = N)]
    public void Tame() => (_tame ??= new(Outstanding)).Run(Operations);

    [Benchmark(Description = "semaphore", OperationsPerInvoke = N, Baseline = true)]
    public void Semaphore() => (_async ??= new(Outstanding)).RunSemaphore(Operations);

    [Benchmark(Description = "wheneach", OperationsPerInvoke = N)]
    public void WhenEach() => (_async ??= new(Outstanding)).RunWhenEach(Operations);

    [Benchmark(Description = "channel", OperationsPerInvoke = N)]
    public void Channel() => (_async ??= new(Outstanding)).RunChannel(Operations);

    [Benchmark(Description = "runtime-async-semaphore", OperationsPerInvoke = N)]
    public void RuntimeSemaphore() => (_runtime ??= new(Outstanding)).RunSemaphore(Operations);

    [Benchmark(Description = "runtime-async-wheneach", OperationsPerInvoke = N)]
    public void RuntimeWhenEach() => (_runtime ??= new(Outstanding)).RunWhenEach(Operations);

    [Benchmark(Description = "runtime-async-channel", OperationsPerInvoke = N)]
    public void RuntimeChannel() => (_runtime ??= new(Outstanding)).RunChannel(Operations);
}

/// <summary>Completions that come from another thread.</summary>
public class Foreign() : Row(100, N)
{
    private const int N = 20_000;
    private Ours.Foreign? _tame;
    private Peers.Foreign? _async;
    private Runtime.Foreign? _runtime;

    public override bool IsMeasuredInTurns => true;

    [Benchmark(Description = "tame", OperationsPerInvoke = N)]
    public void Tame() => (_tame ??= new(Outstanding)).Run(Operations);

    [Benchmark(Description = "async", OperationsPerInvoke = N, Baseline = true)]
    public void Async() => (_async ??= new(Outstanding)).Run(Operations);

    [Benchmark(Description = "runtime-async", OperationsPerInvoke = N)]
    public void RuntimeAsync() => (_runtime ??= new(Outstanding)).Run(Operations);
}
