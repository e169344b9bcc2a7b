using System.Runtime.CompilerServices;

namespace Tame.Stages;

/// <summary>A number of rights that threads take and give back, with a limit that taking respects.</summary>
/// <typeparam name="TMemory">How memory is read and written.</typeparam>
internal struct Slots<TMemory>
    where TMemory : struct, IStageMemory
{
    private int _taken;

    public readonly int Taken
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TMemory.Read(in _taken);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryTake(int limit)
    {
        int taken = TMemory.Read(in _taken);
        while (taken < limit)
        {
            if (TMemory.TryChange(ref _taken, taken, taken + 1))
                return true;
            taken = TMemory.Read(in _taken);
        }
        return false;
    }

    /// <summary>Takes one beyond any limit.</summary>
    public void Take() => TMemory.Add(ref _taken, 1);

    /// <summary>Gives one back, and returns how many are still taken.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Release() => TMemory.Add(ref _taken, -1);
}
