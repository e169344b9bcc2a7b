namespace Tame.Load;

/// <summary>Triggers events at moments, to within a few microseconds where it may spin.</summary>
internal sealed partial class Pacer(Clock clock, bool spins)
{
    private readonly PriorityQueue<Event, long> _due = new();
    private bool _ended;

    /// <summary>Triggers an event when the clock shows so many nanoseconds.</summary>
    public void At(long due, Event reached)
    {
        if (spins)
            _due.Enqueue(reached, due);
        else
            timer(TimeSpan.FromTicks((due - clock.Now + 99) / 100), reached);
    }

    public void End() => _ended = true;

    /// <summary>Looks at the clock in each pass of the loop, until it is ended.</summary>
    [Tamed] public partial void Run(Event done);

    private void RunBody(Event done)
    {
        while (spins && !_ended)
        {
            while (_due.TryPeek(out _, out long due) && due <= clock.Now)
                _due.Dequeue().Trigger();
            twait(e => asap(e));
        }
        done.Trigger();
    }
}
