namespace Tame;

/// <summary>A wait point that a profile has seen.</summary>
/// <param name="Point">The wait point.</param>
/// <param name="Blocked">How many calls wait there now.</param>
/// <param name="Costs">The average over the edges that leave it, weighted by their counts.</param>
public sealed record BlockingNode(WaitPoint Point, int Blocked, StretchCosts Costs);
