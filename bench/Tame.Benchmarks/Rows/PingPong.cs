extern alias RuntimeAsync;

using BenchmarkDotNet.Attributes;
using Runtime = RuntimeAsync::Tame.Benchmarks.Peers;

namespace Tame.Benchmarks.Rows;

/// <summary>A byte there and back over a socket pair.</summary>
public class PingPong() : Row(1, N)
{
    private const int N = 1_000;
    private Ours.PingPong? _tame;
    private Peers.PingPong? _async;
    private Runtime.PingPong? _runtime;

    /// <summary>Each pair takes two descriptors for each of three sides.</summary>
    public override int MostOutstanding => 1_000;

    [Benchmark(Description = "tame", OperationsPerInvoke = N)]
    public void Tame() => (_tame ??= new(Outstanding)).Run(Operations);

    [Benchmark(Description = "saea", OperationsPerInvoke = N, Baseline = true)]
    public void EventArgs() => (_async ??= new(Outstanding)).RunEventArgs(Operations);

    [Benchmark(Description = "stream", OperationsPerInvoke = N)]
    public void Stream() => (_async ??= new(Outstanding)).RunStreams(Operations);

    [Benchmark(Description = "runtime-async-stream", OperationsPerInvoke = N)]
    public void RuntimeStream() => (_runtime ??= new(Outstanding)).RunStreams(Operations);
}
