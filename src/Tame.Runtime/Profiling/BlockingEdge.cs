namespace Tame;

/// <summary>The stretches of code from one wait point to another.</summary>
/// <param name="From">Where they begin.</param>
/// <param name="To">Where they end.</param>
/// <param name="Kind">How calls came from one to the other.</param>
/// <param name="Count">How many were seen.</param>
/// <param name="Costs">The averages over them.</param>
public sealed record BlockingEdge(WaitPoint From, WaitPoint To, BlockingEdgeKind Kind, long Count, StretchCosts Costs);
