using System.Runtime.CompilerServices;

namespace Tame.Stages;

/// <summary>
/// Chooses the items whose times are measured, because reading the clock costs more than the rest of a hop. Two threads may count the same item; that does no harm.
/// </summary>
internal struct TimeSampling
{
    /// <summary>This many items at the start of a window are all timed; after them, one of <see cref="OneOf"/>.</summary>
    private const int InFull = 4096;
    private const int OneOf = 32;
    private int _left;

    /// <summary>An item is offered. True if it is its turn to be timed: then call <see cref="Weigh"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsNext()
    {
        int left = _left - 1;
        if (left <= 0)
            return true;
        _left = left;
        return false;
    }

    /// <summary>The number of items that this one represents.</summary>
    public int Weigh(StageWindow window, bool all) => _left = all || window.Timed < InFull ? 1 : OneOf;
}
