using System.Runtime.CompilerServices;
using Tame.CompilerServices;

namespace Tame;

/// <summary>Free objects of one kind on one loop's thread.</summary>
internal struct Pool
{
    private const int Kept = 32;
    private Work? _head;
    private int _count;
    private int _low;

    public readonly int Count => _count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Work? Rent()
    {
        var work = _head;
        if (work is null)
            return null;
        _head = work.Next;
        work.Next = null;
        if (--_count < _low)
            _low = _count;
        return work;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Return(Work work)
    {
        work.Next = _head;
        _head = work;
        _count++;
    }

    /// <summary>Drops half of what lay unused since the last call; where few are left, they stay.</summary>
    public void Trim()
    {
        int surplus = Math.Min(_low / 2, _count - Kept);
        for (; surplus > 0; surplus--)
            GC.SuppressFinalize(Rent()!);
        _low = _count;
    }

    /// <summary>Drops everything, without a finalizer to run for any of it.</summary>
    public void Clear()
    {
        while (Rent() is { } work)
            GC.SuppressFinalize(work);
    }
}

/// <summary>Hands out the index that a kind of pooled object has in every loop's table of pools.</summary>
internal static class PoolIndex
{
    private static int s_next;

    public static int Take() => Interlocked.Increment(ref s_next) - 1;
}
