using BenchmarkDotNet.Attributes;

namespace Tame.Benchmarks.Rows;

/// <summary>What a checkpoint costs a call: docs/decisions/0042.</summary>
public class Nesting() : Row(1, N)
{
    private const int N = 100_000;
    private readonly Ours.Nesting _calls = new();

    public override int MostOutstanding => 0;

    public override bool IsMeasuredInTurns => true;

    [Benchmark(Description = "plain", OperationsPerInvoke = N, Baseline = true)]
    public void Plain() => _calls.RunPlain(Operations);

    [Benchmark(Description = "checked", OperationsPerInvoke = N)]
    public void Checked() => _calls.RunChecked(Operations);
}
