using System.Runtime.CompilerServices;
using Tame.CompilerServices;

namespace Tame;

/// <summary>
/// The calls of a loop that have blocked and not ended, in no order. A call enters once, at its first wait, so that a wait writes no reference; each
/// knows its place, so that it leaves in constant time.
/// </summary>
internal struct CallList
{
    private const int Least = 32;
    private Entry[] _entries = new Entry[Least];
    private int _count;

    public CallList()
    {
    }

    public readonly int Count => _count;

    public readonly Closure this[int place] => _entries[place].Call!;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(Closure call)
    {
        if (_count == _entries.Length)
            Array.Resize(ref _entries, _count * 2);
        call.Place = _count;
        _entries[_count++].Call = call;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Remove(Closure call)
    {
        int place = call.Place;
        call.Place = -1;
        if (place != --_count)
        {
            var last = _entries[_count].Call!;
            last.Place = place;
            _entries[place].Call = last;
        }
        _entries[_count].Call = null;
    }

    /// <summary>Gives back what a peak took.</summary>
    public void Trim()
    {
        if (_entries.Length > Least * 2 && _count < _entries.Length / 4)
            Array.Resize(ref _entries, Math.Max(Least, _count * 2));
    }

    /// <summary>A struct, so that storing needs no check of the array's element type.</summary>
    private struct Entry
    {
        public Closure? Call;
    }
}
