namespace Tame.Stages;

/// <summary>The input for a new rate of admission.</summary>
internal readonly record struct RateMeasurement
{
    /// <summary>The rate until now. All rates are in requests per second.</summary>
    public double Rate { get; init; }

    /// <summary>The number of answers in the last window.</summary>
    public double LastCompletions { get; init; }

    /// <summary>The smoothed rate of answers.</summary>
    public double Completions { get; init; }

    /// <summary>Whether requests were refused in the last window.</summary>
    public bool IsLimited { get; init; }

    /// <summary>Whether requests have been refused for so long that those answered now were admitted under the limit.</summary>
    public bool IsLimitedForLong { get; init; }

    /// <summary>How late the measurement is, as a multiple of the target.</summary>
    public double Sluggishness { get; init; }
}
