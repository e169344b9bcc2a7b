using System.Runtime.CompilerServices;
using Tame.CompilerServices;

namespace Tame;

/// <summary>
/// Blocked calls in no order; each knows its place, so that it leaves in constant time. A linked list would write five references for each;
/// this writes one or two.
/// </summary>
internal struct SourceSet
{
    private const int Least = 2;
    private const int Kept = 64;
    private Entry[]? _entries;

    public int Count { get; private set; }

    public readonly Source this[int place] => _entries![place].Source!;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(Source source)
    {
        int count = Count;
        if (_entries is not { } entries || count == entries.Length)
            entries = Grow();
        source.Place = count;
        entries[count].Source = source;
        Count = count + 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Remove(Source source)
    {
        var entries = _entries!;
        int place = source.Place;
        int last = --Count;
        source.Place = -1;
        if (place != last)
        {
            var moved = entries[last].Source!;
            moved.Place = place;
            entries[place].Source = moved;
        }
        entries[last].Source = null;
    }

    /// <summary>Gives back what a peak took.</summary>
    public void Trim()
    {
        if (_entries is { Length: > Kept } entries && Count < entries.Length / 4)
            Array.Resize(ref _entries, Math.Max(Kept / 2, Count * 2));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Entry[] Grow()
    {
        Array.Resize(ref _entries, Math.Max(Least, 2 * Count));
        return _entries;
    }

    /// <summary>A struct, so that storing needs no check of the array's element type.</summary>
    private struct Entry
    {
        public Source? Source;
    }
}
