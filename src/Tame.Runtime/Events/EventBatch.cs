using System.Runtime.CompilerServices;

namespace Tame;

/// <summary>Events to trigger together, in the order in which they were added. Events added meanwhile wait for the next time.</summary>
internal struct EventBatch()
{
    private const int Kept = 1024;
    private const int First = 2;
    private LoopHandle[] _events = [];
    private int _count;

    public readonly int Count => _count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(LoopHandle e)
    {
        if (_count == _events.Length)
            Array.Resize(ref _events, Math.Max(First, _count * 2));
        _events[_count++] = e;
    }

    /// <summary>
    /// Triggers the events that are here now, on the thread of a loop, and keeps none of them: a remaining handle would hide a loss. The function of a Map,
    /// which runs inside, may add events.
    /// </summary>
    public void TriggerAll(EventLoop loop)
    {
        int count = _count;
        for (int i = 0; i < count; i++)
        {
            ref var place = ref _events[i];
            var e = place;
            place = default;
            e.CompleteIn(loop);
        }
        int added = _count - count;
        if (added != 0)
        {
            Array.Copy(_events, count, _events, 0, added);
            Array.Clear(_events, Math.Max(added, count), Math.Min(added, count));
        }
        _count = added;
    }

    /// <summary>Releases the capacity kept after a peak.</summary>
    public void Trim()
    {
        if (_count == 0 && _events.Length > Kept)
            _events = [];
    }
}
