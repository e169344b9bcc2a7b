using BenchmarkDotNet.Attributes;

namespace Tame.Benchmarks.Rows;

/// <summary>A turn of a guest for one trigger from outside, against a task whose continuation runs inline.</summary>
public class GuestTurn() : Row(1, N)
{
    private const int N = 10_000;
    private Ours.GuestTurn? _tame;
    private Peers.InlineTurn? _task;

    public override int MostOutstanding => 1;

    [Benchmark(Description = "tame", OperationsPerInvoke = N)]
    public void Tame() => (_tame ??= new()).Run(Operations);

    [Benchmark(Description = "invoke", OperationsPerInvoke = N)]
    public void Invoke() => (_tame ??= new()).RunInvoke(Operations, Ours.GuestTurn.One);

    [Benchmark(Description = "invoke-wait", OperationsPerInvoke = N)]
    public void InvokeWait() => (_tame ??= new()).RunInvoke(Operations, Ours.GuestTurn.OneWait);

    [Benchmark(Description = "invoke-value", OperationsPerInvoke = N)]
    public void InvokeValue() => (_tame ??= new()).RunInvokeValue(Operations);

    [Benchmark(Description = "asap", OperationsPerInvoke = N)]
    public void Asap() => (_tame ??= new()).RunAsap(Operations);

    [Benchmark(Description = "task", OperationsPerInvoke = N, Baseline = true)]
    public void Task() => (_task ??= new()).Run(Operations);
}

/// <summary>A hop from one strand of the thread pool to the next, against readers of channels.</summary>
public class GuestRing() : Row(10_000, N)
{
    private const int N = 100_000;
    private Ours.GuestRing? _tame;
    private Peers.ChannelRing? _channels;

    public override bool IsMeasuredInTurns => true;

    [Benchmark(Description = "tame", OperationsPerInvoke = N)]
    public void Tame() => (_tame ??= new(Outstanding)).Run(Operations);

    [Benchmark(Description = "channels", OperationsPerInvoke = N, Baseline = true)]
    public void Channels() => (_channels ??= new(Outstanding)).Run(Operations);
}
