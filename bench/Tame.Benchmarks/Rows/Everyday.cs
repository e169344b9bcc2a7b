using BenchmarkDotNet.Attributes;

namespace Tame.Benchmarks.Rows;

/// <summary><c>twait(e => asap(e))</c> beside <c>using (twait()) asap(mkevent())</c>.</summary>
public class Starts() : Row(1, N)
{
    private const int N = 5_000;
    private Ours.Starts? _statement;
    private Ours.Ping? _block;

    public override bool IsMeasuredInTurns => true;

    [Benchmark(Description = "tame", OperationsPerInvoke = N)]
    public void Statement() => (_statement ??= new(Outstanding)).Run(Operations);

    [Benchmark(Description = "block", OperationsPerInvoke = N, Baseline = true)]
    public void Block() => (_block ??= new(Outstanding)).Run(Operations);
}

/// <summary><c>twait(task)</c> beside <c>await task</c>, on tasks that have run to completion.</summary>
public class Completed() : Row(1, N)
{
    private const int N = 20_000;
    private readonly Ours.Completed _tame = new();
    private readonly Peers.Completed _async = new();

    public override bool IsMeasuredInTurns => true;

    /// <summary>A completed task is never outstanding.</summary>
    public override int MostOutstanding => 0;

    [Benchmark(Description = "tame", OperationsPerInvoke = N)]
    public void Tame() => _tame.RunTask(Operations);

    [Benchmark(Description = "async", OperationsPerInvoke = N, Baseline = true)]
    public void Async() => _async.RunTask(Operations);

    [Benchmark(Description = "tame-result", OperationsPerInvoke = N)]
    public void TameResult() => _tame.RunResult(Operations);

    [Benchmark(Description = "async-result", OperationsPerInvoke = N)]
    public void AsyncResult() => _async.RunResult(Operations);

    [Benchmark(Description = "tame-valuetask", OperationsPerInvoke = N)]
    public void TameValueTask() => _tame.RunValueTask(Operations);

    [Benchmark(Description = "async-valuetask", OperationsPerInvoke = N)]
    public void AsyncValueTask() => _async.RunValueTask(Operations);
}
