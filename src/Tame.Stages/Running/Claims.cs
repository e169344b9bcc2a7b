using System.Runtime.CompilerServices;

namespace Tame.Stages;

/// <summary>
/// Who owns the entries of a runner's chunk. The runner claims them one by one; a thread that holds the stage's lock takes back all the others at once. One number decides, and each entry belongs to the
/// thread that moved the number past it.
/// </summary>
/// <typeparam name="TMemory">How memory is read and written.</typeparam>
internal struct Claims<TMemory>
    where TMemory : struct, IStageMemory
{
    /// <summary>The bounds of the chunk. The owner writes them inside the lock, and reads them without it.</summary>
    private long _start, _end;
    private PaddedNumber _taken;

    /// <summary>The number of entries that have been claimed or taken back. Any thread.</summary>
    public readonly long Taken
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TMemory.Read(in _taken.Value);
    }

    /// <summary>The number of entries that can be taken back. Inside the lock.</summary>
    public readonly int Left => (int)(_end - Taken);

    /// <summary>Claims the next entry, on the owner's thread. Returns its index in the chunk, or -1 if the chunk is used up.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Claim()
    {
        while (true)
        {
            long next = TMemory.Read(in _taken.Value);
            if (next == _end)
                return -1;
            if (TMemory.TryChange(ref _taken.Value, next, next + 1))
                return (int)(next - _start);
        }
    }

    /// <summary>The owner has a new chunk. On its thread, inside the lock.</summary>
    public void Open(int count) => (_start, _end) = (_taken.Value, _taken.Value + count);

    /// <summary>
    /// Takes back the entries that have not been claimed. Inside the lock. They count as added again. A thread that reads <see cref="Taken"/> first and the number of added entries second never sees less
    /// than there is, because the second number grows before the first one does.
    /// </summary>
    /// <param name="added">The number of entries that were added to the stage's queue.</param>
    /// <param name="first">The index of the first entry that was taken back.</param>
    /// <returns>The number of entries.</returns>
    public int TakeBack(ref long added, out int first)
    {
        long before = added;
        TMemory.Write(ref added, before + Left);
        long from = TMemory.Exchange(ref _taken.Value, _end);
        int count = (int)(_end - from);
        TMemory.Write(ref added, before + count);
        first = (int)(from - _start);
        return count;
    }
}
