using System.Diagnostics;
using System.Runtime.CompilerServices;
using Tame.CompilerServices;

namespace Tame;

/// <summary>The free objects of one kind. Use it on the loop's thread. For which objects return, and when, see rule 8 of docs/threads.md.</summary>
internal struct Pool
{
    private const int Kept = 32;
    private const int Least = 2;
    private Entry[]? _entries;
    private int _count;
    private int _low;

    /// <summary>The number of objects that were created or rented and were neither returned nor counted as gone.</summary>
    private int _outside;

    public readonly int Count => _count;

    /// <summary>The number of objects outside the pool, including those that are kept elsewhere for their next use.</summary>
    public readonly int InUse => _outside;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Work? Rent()
    {
        CountOut(1);
        int last = _count - 1;
        if (last < 0)
            return Miss();
        ref var entry = ref _entries![last];
        var work = entry.Work!;
        entry.Work = null;
        _count = last;
        NoteTaken(work);
        if (last < _low)
            _low = last;
        return work;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Return(Work work)
    {
        CountOut(-1);
        NoteReturned(work);
        var entries = _entries;
        int count = _count;
        if (entries is null || count == entries.Length)
            entries = Grow();
        entries[count].Work = work;
        _count = count + 1;
    }

    /// <summary>Records that an object outside the pool will not return, because users may still reach it.</summary>
    public void NoteGone() => CountOut(-1);

    /// <summary>Drops half of the objects that were not used since the last call, but keeps a small number.</summary>
    public void Trim()
    {
        int surplus = Math.Min(_low / 2, _count - Kept);
        for (; surplus > 0; surplus--)
            DropOne();
        _low = _count;
        if (_entries is { Length: > 2 * Kept } entries && _count + _outside < entries.Length / 4)
            Array.Resize(ref _entries, Math.Max(Kept, 2 * _count + _outside));
    }

    /// <summary>Drops everything.</summary>
    public void Clear()
    {
        while (_count != 0)
            DropOne();
    }

    /// <summary>Changes the number of free objects that are kept elsewhere for their next use. Only the counts of a debug build need it.</summary>
    [Conditional("DEBUG")]
    public void NoteKept(int change)
    {
#if DEBUG
        _keptElsewhere += change;
#endif
    }

#if DEBUG
    private int _keptElsewhere;

    /// <summary>The number of objects that were created or rented, and are neither free again nor counted as gone.</summary>
    public readonly int Outside => _outside - _keptElsewhere;

    /// <summary>The number of free objects that have that property.</summary>
    public readonly int CountFree(Func<Work, bool> has)
    {
        int count = 0;
        for (int i = 0; i < _count; i++)
            count += has(_entries![i].Work!) ? 1 : 0;
        return count;
    }
#endif

    /// <summary>The caller will create an object. Reserves space for its return now, because a return allocates nothing.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private Work? Miss()
    {
        if (_entries is null || _outside > _entries.Length)
            Grow();
        return null;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Entry[] Grow()
    {
        Array.Resize(ref _entries, Math.Max(Least, 2 * (_entries?.Length ?? 0)));
        return _entries;
    }

    private void DropOne()
    {
        var work = Rent()!;
        NoteGone();
        work.LeavePool();
    }

    private void CountOut(int change) => _outside += change;

    [Conditional("DEBUG")]
    private static void NoteTaken(Work work)
    {
#if DEBUG
        work.IsFree = false;
#endif
    }

    [Conditional("DEBUG")]
    private static void NoteReturned(Work work)
    {
#if DEBUG
        if (work.IsFree)
            throw new InvalidOperationException($"{work} was returned to its pool twice.");
        work.IsFree = true;
#endif
    }

    /// <summary>A struct, so that storing needs no check of the array's element type.</summary>
    private struct Entry
    {
        public Work? Work;
    }
}

/// <summary>Assigns the index that a kind of pooled object has in every loop's table of pools.</summary>
internal static class PoolIndex
{
    private static readonly Lock s_lock = new();
    private static bool[] s_areClosures = [];
    private static int s_count;

    /// <summary>Takes the next index.</summary>
    /// <param name="isOfClosures">The objects are closures.</param>
    public static int Take(bool isOfClosures)
    {
        lock (s_lock)
        {
            int index = s_count++;
            if (index >= s_areClosures.Length)
                Array.Resize(ref s_areClosures, Math.Max(16, 2 * index));
            s_areClosures[index] = isOfClosures;
            return index;
        }
    }

    /// <summary>Whether a kind is one of closures. Any thread may call it.</summary>
    public static bool IsOfClosures(int index)
    {
        lock (s_lock)
            return index < s_count && s_areClosures[index];
    }
}
