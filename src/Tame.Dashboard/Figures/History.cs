namespace Tame.Dashboards.Figures;

/// <summary>The figures of the last ten minutes, in a ring of fixed size.</summary>
internal sealed class History(int capacity)
{
    /// <summary>Ten minutes, twice a second.</summary>
    public const int TenMinutes = 1200;

    private readonly (DateTimeOffset Time, LoopFigures Figures)[] _ring = new (DateTimeOffset, LoopFigures)[capacity];
    private int _next;

    public int Count { get; private set; }

    public void Add(DateTimeOffset time, LoopFigures figures)
    {
        // Only the newest figures need more than numbers.
        _ring[_next] = (time, figures with { Lost = [], Policy = null });
        _next = (_next + 1) % capacity;
        Count = Math.Min(Count + 1, capacity);
    }

    /// <summary>A copy, the oldest first.</summary>
    public (DateTimeOffset Time, LoopFigures Figures)[] ToArray()
    {
        var all = new (DateTimeOffset, LoopFigures)[Count];
        for (int i = 0; i < Count; i++)
            all[i] = _ring[(_next - Count + i + capacity) % capacity];
        return all;
    }
}
