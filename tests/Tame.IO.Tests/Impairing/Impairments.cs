namespace Tame.IO.Tests.Impairing;

/// <summary>What happens to a connection in the middle of a direction.</summary>
internal enum Fault
{
    None,

    /// <summary>Nothing passes for a while.</summary>
    Stall,

    /// <summary>Both sides are closed, and what is under way is lost.</summary>
    Cut,

    /// <summary>Both sides are reset.</summary>
    Reset,
}

/// <summary>What an <see cref="ImpairingProxy"/> does to what passes; nothing by default.</summary>
internal sealed record Impairments
{
    /// <summary>How long each piece is under way.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>How much longer it may be; pieces keep their order.</summary>
    public TimeSpan Jitter { get; init; }

    /// <summary>The rate of each direction.</summary>
    public int BytesPerSecond { get; init; } = int.MaxValue;

    /// <summary>How long a piece may be; each has a random length.</summary>
    public int LongestPiece { get; init; } = 65536;

    /// <summary>What happens to each direction, at a random byte.</summary>
    public Fault Fault { get; init; }

    /// <summary>The number of that byte is below this. A direction that carries fewer is spared.</summary>
    public int FaultBefore { get; init; } = 10_000;

    public TimeSpan StallTime { get; init; }

    /// <summary>Random ones, with delays of at most so long.</summary>
    public static Impairments Of(Random random, Fault fault, TimeSpan longest) => new()
    {
        Delay = Part(longest, random),
        Jitter = Part(longest, random),
        BytesPerSecond = random.Next(2) == 0 ? int.MaxValue : random.Next(1_000_000, 50_000_000),
        LongestPiece = random.Next(2) == 0 ? 65536 : random.Next(1, 2000),
        Fault = fault,
        FaultBefore = 1 << random.Next(1, 19),
        StallTime = 10 * Part(longest, random),
    };

    private static TimeSpan Part(TimeSpan longest, Random random) => random.Next(3) == 0 ? TimeSpan.Zero : longest * random.NextDouble();
}
