using System.Runtime.CompilerServices;

namespace Tame;

/// <summary>Events to be triggered together, in the order in which they were added.</summary>
internal sealed class EventBatch
{
    private const int Kept = 1024;
    private Event[] _events = new Event[16];
    private int _count;

    public int Count => _count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(Event e)
    {
        if (_count == _events.Length)
            Array.Resize(ref _events, _count * 2);
        _events[_count++] = e;
    }

    /// <summary>Triggers all, and keeps none: a handle that stayed here would hide a loss.</summary>
    public void TriggerAll()
    {
        var events = _events;
        for (int i = 0; i < _count; i++)
        {
            var e = events[i];
            events[i] = default;
            e.Trigger();
        }
        _count = 0;
    }

    /// <summary>Gives back what a peak took.</summary>
    public void Trim()
    {
        if (_count == 0 && _events.Length > Kept)
            _events = new Event[16];
    }
}
