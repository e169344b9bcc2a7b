namespace Tame;

/// <summary>Timers in the order of their deadlines, then of their setting.</summary>
internal sealed class TimerList
{
    private readonly PriorityQueue<Event, (long Due, long Order)> _queue = new();
    private long _order;

    public int Count => _queue.Count;

    public long? NextDue => _queue.TryPeek(out _, out var first) ? first.Due : null;

    public void Add(long dueTicks, Event target) => _queue.Enqueue(target, (dueTicks, _order++));

    public bool TryPopDue(long nowTicks, out Event target)
    {
        target = default;
        return _queue.TryPeek(out _, out var first) && first.Due <= nowTicks && _queue.TryDequeue(out target, out _);
    }
}
