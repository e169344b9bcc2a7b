extern alias RuntimeAsync;

using BenchmarkDotNet.Attributes;
using Runtime = RuntimeAsync::Tame.Benchmarks.Peers;

namespace Tame.Benchmarks.Rows;

/// <summary>A row of ours against async methods, as the compiler makes them and as the runtime does; each side is made when it is first run.</summary>
public abstract class AgainstAsync(int outstanding) : Row(outstanding, N)
{
    private const int N = 5_000;
    private Action<int>? _tame;
    private Action<int>? _async;
    private Action<int>? _runtime;

    [Benchmark(Description = "tame", OperationsPerInvoke = N)]
    public void Tame() => (_tame ??= MakeTame())(Operations);

    [Benchmark(Description = "async", OperationsPerInvoke = N, Baseline = true)]
    public void Async() => (_async ??= MakeAsync())(Operations);

    [Benchmark(Description = "runtime-async", OperationsPerInvoke = N)]
    public void RuntimeAsync() => (_runtime ??= MakeRuntimeAsync())(Operations);

    private protected abstract Action<int> MakeTame();

    private protected abstract Action<int> MakeAsync();

    private protected abstract Action<int> MakeRuntimeAsync();
}

/// <summary><c>using (twait()) asap(mkevent())</c> in a loop, and an await on a task that a pump completes.</summary>
public class Ping() : AgainstAsync(1)
{
    private protected override Action<int> MakeTame() => new Ours.Ping(Outstanding).Run;

    private protected override Action<int> MakeAsync() => new Peers.Ping(Outstanding).Run;

    private protected override Action<int> MakeRuntimeAsync() => new Runtime.Ping(Outstanding).Run;
}

/// <summary>One block over many events, and Task.WhenAll over as many tasks.</summary>
public class Fan() : AgainstAsync(100)
{
    private protected override Action<int> MakeTame() => new Ours.Fan(Outstanding).Run;

    private protected override Action<int> MakeAsync() => new Peers.Fan(Outstanding).Run;

    private protected override Action<int> MakeRuntimeAsync() => new Runtime.Fan(Outstanding).Run;
}

/// <summary>Three calls deep: the innermost waits, values come back.</summary>
public class Deep() : AgainstAsync(1)
{
    private protected override Action<int> MakeTame() => new Ours.Deep(Outstanding).Run;

    private protected override Action<int> MakeAsync() => new Peers.Deep(Outstanding).Run;

    private protected override Action<int> MakeRuntimeAsync() => new Runtime.Deep(Outstanding).Run;
}

/// <summary>A wait with a time limit, set and cancelled.</summary>
public class Limited() : AgainstAsync(1)
{
    private protected override Action<int> MakeTame() => new Ours.Limited(Outstanding).Run;

    private protected override Action<int> MakeAsync() => new Peers.Limited(Outstanding).Run;

    private protected override Action<int> MakeRuntimeAsync() => new Runtime.Limited(Outstanding).Run;
}
