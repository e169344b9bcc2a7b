using Tame.Comparison.Servers;

namespace Tame.Comparison;

/// <summary>What is compared, and for how long.</summary>
internal sealed record CompareOptions
{
    public const string MixPart = "mix", OverloadPart = "overload", TasksPart = "tasks";

    public static readonly string[] AllParts = [MixPart, OverloadPart, TasksPart];

    public IReadOnlyList<string> Servers { get; init; } = AllServers.Names;

    public IReadOnlyList<int> Clients { get; init; } = [];

    public IReadOnlyList<string> Parts { get; init; } = AllParts;

    /// <summary>Where page and pictures go.</summary>
    public required string Out { get; init; }

    /// <summary>The file for the numbers, from which the page can be written again.</summary>
    public required string Numbers { get; init; }

    public bool IsQuick { get; init; }

    /// <summary>How long requests count at each point.</summary>
    public double Seconds { get; init; }

    /// <summary>The size of the set of files.</summary>
    public double Megabytes { get; init; }

    /// <summary>Where the set of files is kept; null for the temporary folder.</summary>
    public string? Files { get; init; }

    public TimeSpan Think { get; init; }

    public int Seed { get; init; }

    /// <summary>Haboob's target.</summary>
    public double TargetMilliseconds { get; init; }

    /// <summary>How long a load runs before requests count.</summary>
    public double WarmUpSeconds => IsQuick ? 0.5 : 2;

    /// <summary>How long a server whose code gets faster runs before its first point.</summary>
    public double StartSeconds => IsQuick ? 2 : 9;

    public double SecondsOfAPoint => Seconds + WarmUpSeconds;

    /// <summary>How long requests count at the highest rate of the overload run.</summary>
    public double SecondsAtHighest => IsQuick ? Seconds : Math.Max(60, Seconds);

    public IReadOnlyList<int> TasksAtATime => IsQuick ? [1, 100, 1000, 10_000] : [1, 4, 16, 64, 256, 1000, 2000, 4000, 10_000];

    /// <summary>The rates of the overload run, as multiples of what the server answers at most.</summary>
    public IReadOnlyList<double> Loads => IsQuick ? [0.5, 2, 10] : [0.5, 0.9, 1.2, 2, 5, 10];
}
