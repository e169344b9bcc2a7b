namespace Tame;

/// <summary>
/// Free calls of one type, for all loops: a call is taken by the thread that asks and comes back on another. Each processor has a few places of its own, and looks
/// at those of others where it finds none. Any thread.
/// </summary>
internal sealed class InvocationPool<T>
    where T : class
{
    /// <summary>The places of a processor lie on about one cache line.</summary>
    private const int PerProcessor = 8;
    private const int MostProcessors = 16;
    private static readonly int s_places = PerProcessor * Math.Min(MostProcessors, Environment.ProcessorCount);
    private readonly Entry[] _entries = new Entry[s_places];

    public T? Rent()
    {
        int first = First;
        for (int i = 0; i < _entries.Length; i++)
        {
            ref var entry = ref _entries[(first + i) % _entries.Length];
            if (entry.Item is not null && Interlocked.Exchange(ref entry.Item, null) is { } item)
                return item;
        }
        return null;
    }

    /// <summary>Where all places are taken, the collector has it.</summary>
    public void Return(T item)
    {
        int first = First;
        for (int i = 0; i < _entries.Length; i++)
        {
            ref var entry = ref _entries[(first + i) % _entries.Length];
            if (entry.Item is null && Interlocked.CompareExchange(ref entry.Item, item, null) is null)
                return;
        }
    }

    private int First => Thread.GetCurrentProcessorId() * PerProcessor % _entries.Length;

    /// <summary>A struct, so that storing needs no check of the array's element type.</summary>
    private struct Entry
    {
        public T? Item;
    }
}
