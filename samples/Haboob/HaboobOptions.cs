using Knot;

namespace Haboob;

/// <summary>What the command line sets, beside what it sets for Knot.</summary>
internal sealed record HaboobOptions
{
    public KnotOptions Site { get; init; } = new();

    /// <summary>Below this nine of ten requests for the bottleneck page are to stay, from when they are admitted until their answer is ready.</summary>
    public TimeSpan Target { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Whether requests for the bottleneck page are refused that would take longer.</summary>
    public bool IsControlled { get; init; } = true;

    /// <summary>How many megabytes the bottleneck page allocates and hashes.</summary>
    public int Work { get; init; } = 4;

    /// <summary>Threads that read files which are not in the cache.</summary>
    public int FileThreads { get; init; } = 2;

    /// <summary>How many requests may wait for a file; further ones are refused.</summary>
    public int MaxWaiting { get; init; } = 1024;
}
