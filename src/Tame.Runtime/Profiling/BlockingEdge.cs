namespace Tame;

/// <summary>The stretches of code from one wait point to another.</summary>
/// <param name="From">The point at which they begin.</param>
/// <param name="To">The point at which they end.</param>
/// <param name="Kind">How calls got from one to the other.</param>
/// <param name="Count">The number of stretches.</param>
/// <param name="Costs">The average costs of the stretches.</param>
public sealed record BlockingEdge(WaitPoint From, WaitPoint To, BlockingEdgeKind Kind, long Count, StretchCosts Costs);
