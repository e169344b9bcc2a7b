namespace Tame.Stages;

/// <summary>When a request was offered, and when its turn came, in nanoseconds of the stage's clock.</summary>
/// <param name="Arrived">When it was offered.</param>
/// <param name="Began">When its turn came.</param>
/// <param name="Weight">The number of requests that this one represents; zero if it is not timed.</param>
internal readonly record struct RequestTimes(long Arrived, long Began, int Weight);
