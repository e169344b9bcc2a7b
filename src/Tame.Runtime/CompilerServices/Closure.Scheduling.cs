namespace Tame.CompilerServices;

/// <summary>What a resource-aware loop keeps of a call.</summary>
public abstract partial class Closure
{
    /// <summary>What the call has taken of each resource of its loop; null where it has taken nothing. Zeros once it has ended.</summary>
    internal double[]? Holding => Extras?.Holding;

    internal double[] NeedHolding(int resources) => (Extras ??= new CallExtras()).Holding ??= new double[resources];
}
