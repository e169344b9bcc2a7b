namespace Tame;

/// <summary>A wait point in a profile.</summary>
/// <param name="Point">The wait point.</param>
/// <param name="Blocked">The number of calls that wait there now.</param>
/// <param name="Costs">The average costs of the edges that leave it, weighted by their counts.</param>
public sealed record BlockingNode(WaitPoint Point, int Blocked, StretchCosts Costs);
