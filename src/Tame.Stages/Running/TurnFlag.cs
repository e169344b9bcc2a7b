using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Tame.Stages;

/// <summary>
/// Whether a turn of a loop is scheduled. A thread that adds work sets the flag unless it is set, and then schedules a turn. A turn that finds no more work clears the flag and looks once more. Both have a
/// full fence between what they write and what they read, so one of them sees the other: rule 3 of docs/threads.md.
/// </summary>
/// <typeparam name="TMemory">How memory is read and written: directly, or by a test that tries every order of steps.</typeparam>
internal struct TurnFlag<TMemory>
    where TMemory : struct, IStageMemory
{
    private PaddedFlag _flag;

    /// <summary>Whether a turn is scheduled. Any thread.</summary>
    public bool IsSet
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TMemory.Read(in _flag.Value) != 0;
    }

    /// <summary>Any thread calls it after it has added work, with a full fence in between. If it returns true, the caller must schedule a turn.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TrySet() => TMemory.Read(in _flag.Value) == 0 && TMemory.Exchange(ref _flag.Value, 1) == 0;

    /// <summary>The turn has found no more work. If it returns true, the caller must schedule another one, because work has come in the meantime.</summary>
    public bool End<TWork>(TWork work)
        where TWork : struct, ITurnWork
    {
        TMemory.Exchange(ref _flag.Value, 0);
        return work.Any() && TrySet();
    }

    /// <summary>No turn comes after this one.</summary>
    public void Clear() => TMemory.Exchange(ref _flag.Value, 0);
}

/// <summary>What a turn is for.</summary>
internal interface ITurnWork
{
    /// <summary>Looks for work once more. On the loop's thread.</summary>
    bool Any();
}

/// <summary>A flag that is read for each item, on another cache line than the fields that are written for each item.</summary>
[StructLayout(LayoutKind.Explicit, Size = (2 * CacheLines.Size) + sizeof(int))]
internal struct PaddedFlag
{
    [FieldOffset(CacheLines.Size)]
    public int Value;
}
