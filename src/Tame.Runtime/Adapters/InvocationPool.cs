namespace Tame;

/// <summary>
/// The free calls of one type, for all loops, because one thread takes a call and another one returns it. Each processor has a few places, and it searches
/// those of other processors if its own are empty. Any thread may use it.
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

    /// <summary>Returns a call. If all places are occupied, the call is left to the garbage collector.</summary>
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
