using System.Runtime.CompilerServices;

namespace Tame;

/// <summary>Events to be triggered together, in the order in which they were added; what is added meanwhile waits for the next time.</summary>
internal struct EventBatch()
{
    private const int Kept = 1024;
    private const int First = 2;
    private Event[] _events = [];
    private int _count;

    public readonly int Count => _count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(Event e)
    {
        if (_count == _events.Length)
            Array.Resize(ref _events, Math.Max(First, _count * 2));
        _events[_count++] = e;
    }

    /// <summary>
    /// Triggers what is here now, on the thread of a loop, and keeps none of it: a handle that stayed would hide a loss. The function of a Map, which runs
    /// inside, may add.
    /// </summary>
    public void TriggerAll(EventLoop loop)
    {
        int count = _count;
        for (int i = 0; i < count; i++)
        {
            ref var place = ref _events[i];
            var e = place;
            place = default;
            if (ReferenceEquals(e.Loop, loop))
                Completion.CompleteHere(e.Lifeline!, e.Number, null);
            else
                e.Trigger();
        }
        int added = _count - count;
        if (added != 0)
        {
            Array.Copy(_events, count, _events, 0, added);
            Array.Clear(_events, Math.Max(added, count), Math.Min(added, count));
        }
        _count = added;
    }

    /// <summary>Gives back what a peak took.</summary>
    public void Trim()
    {
        if (_count == 0 && _events.Length > Kept)
            _events = [];
    }
}
