namespace Tame.CompilerServices;

// Data of a call for a resource-aware loop.
public abstract partial class Closure
{
    /// <summary>The amounts that the call has taken of each resource of its loop. Null if it has taken nothing; zeros after it has ended.</summary>
    internal double[]? Holding => Extras?.Holding;

    internal double[] NeedHolding(int resources) => (Extras ??= new CallExtras()).Holding ??= new double[resources];
}
