namespace Tame.Benchmarks;

/// <summary>How long a measurement may take: enough for the table, or enough to see whether something is off.</summary>
internal sealed record Effort(bool IsQuick)
{
    /// <summary>Of BenchmarkDotNet, for each side.</summary>
    public int Iterations => IsQuick ? 3 : 7;

    /// <summary>Half a second and more: the runtime compiles what is hot a second time, on a thread that must get its turn.</summary>
    public int WarmUps => 6;

    public TimeSpan Iteration => TimeSpan.FromMilliseconds(IsQuick ? 80 : 150);

    /// <summary>Of sides that are measured in turns.</summary>
    public int Turns => IsQuick ? 3 : 7;

    public TimeSpan Turn => TimeSpan.FromMilliseconds(IsQuick ? 50 : 150);

    /// <summary>Of curves, which have many points.</summary>
    public int PointTurns => IsQuick ? 1 : 3;

    public TimeSpan PointTurn => TimeSpan.FromMilliseconds(IsQuick ? 20 : 60);

    public int Million => IsQuick ? 200_000 : 1_000_000;

    /// <summary>Of waves of a million timers, in a process of their own.</summary>
    public int Rounds => 3;

    /// <summary>Waves that come before: code is compiled again, and the heap has grown.</summary>
    public int WarmRounds => IsQuick ? 1 : 2;

    /// <summary>Of a large heap.</summary>
    public int Megabytes => IsQuick ? 200 : 1_000;

    public int Connections => IsQuick ? 2_000 : 10_000;
}
