using Knot;

namespace Haboob;

/// <summary>The options of the command line in addition to those of Knot.</summary>
internal sealed record HaboobOptions
{
    public KnotOptions Site { get; init; } = new();

    /// <summary>The target for nine of ten requests for the bottleneck page, from admission until their answer is ready.</summary>
    public TimeSpan Target { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Whether to refuse requests for the bottleneck page that would take longer.</summary>
    public bool IsControlled { get; init; } = true;

    /// <summary>The number of megabytes that the bottleneck page allocates and hashes.</summary>
    public int Work { get; init; } = 4;

    /// <summary>Threads that read files which are not in the cache.</summary>
    public int FileThreads { get; init; } = 2;

    /// <summary>The number of requests that may wait for a file; further ones are refused.</summary>
    public int MaxWaiting { get; init; } = 1024;
}
