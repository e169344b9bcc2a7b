using BenchmarkDotNet.Attributes;

namespace Tame.Benchmarks.Rows;

/// <summary>Lines of 40 bytes, which come 16 KB at a time from memory.</summary>
public class Lines() : Row(1, N)
{
    private const int N = 20_000;
    private readonly Ours.Lines _tame = new(N);
    private readonly Peers.Lines _pipe = new(N);

    public override bool IsMeasuredApart => true;

    /// <summary>Nothing waits.</summary>
    public override int MostOutstanding => 0;

    [Benchmark(Description = "tame", OperationsPerInvoke = N)]
    public void Tame() => _tame.Run();

    [Benchmark(Description = "pipereader", OperationsPerInvoke = N, Baseline = true)]
    public void Pipe() => _pipe.Run();
}

/// <summary>4 KB of a file that the system has in memory.</summary>
public class FileReads() : Row(1, N)
{
    private const int N = 2_000;
    private Ours.FileReads? _tame;
    private Peers.FileReads? _pread;

    public override bool IsMeasuredInTurns => true;

    public override int MostOutstanding => 0;

    [Benchmark(Description = "tame", OperationsPerInvoke = N)]
    public void Tame() => (_tame ??= new()).Run(Operations);

    [Benchmark(Description = "pread", OperationsPerInvoke = N, Baseline = true)]
    public void Pread() => (_pread ??= new()).Run(Operations);
}

/// <summary>64 bytes from one end of a connection in memory to the other.</summary>
public class Deliveries() : Row(64, N)
{
    private const int N = 64_000;
    private Ours.Deliveries? _tame;

    public override int MostOutstanding => 0;

    [Benchmark(Description = "tame", OperationsPerInvoke = N)]
    public void Tame() => (_tame ??= new(Outstanding)).Run(Operations);
}
