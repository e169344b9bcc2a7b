namespace Language;

/// <summary>The four loops.</summary>
public static partial class Loops
{
    [Tamed] public static partial void Plain(Trace trace, Event done);

    private static void PlainBody(Trace trace, Event done)
    {
        #region loops
        var queue = new Queue<int>([1, 2, 3]);
        while (queue.TryDequeue(out int item))
        {
            if (item == 2) continue;
            twait(e => asap(e));
            trace.Add(item);
        }
        int n = 0;
        do
            twait(e => asap(e));
        while (++n < 3);
        for (int i = 0, j = 10; i < j; i++, j--)
        {
            twait(e => asap(e));
            if (i == n) break;
        }
        trace.Add(n);
        #endregion
        done.Trigger();
    }

    [Tamed] public static partial void Collections(Trace trace, Event done);

    private static void CollectionsBody(Trace trace, Event done)
    {
        #region foreach
        int[,] grid = { { 1, 2 }, { 3, 4 } };
        foreach (long cell in grid)
        {
            twait(e => asap(e));
            trace.Add(cell);
        }
        var sizes = new Dictionary<string, int> { ["one"] = 3, ["three"] = 5 };
        foreach (var (name, size) in sizes)
        {
            twait(e => timer(TimeSpan.FromSeconds(size), e));
            trace.Add($"{name}={size}");
        }
        #endregion
        done.Trigger();
    }

    [Tamed] public static partial void Enumerators(Trace trace, Event done);

    private static void EnumeratorsBody(Trace trace, Event done)
    {
        #region enumerators
        foreach (int number in 1..4)
        {
            twait(e => asap(e));
            trace.Add(number);
        }
        foreach (int number in Numbers(trace))
        {
            twait(e => asap(e));
            if (number == 1) break;
        }
        #endregion
        done.Trigger();
    }

    private static IEnumerable<int> Numbers(Trace trace)
    {
        try
        {
            for (int i = 0; ; i++) yield return i;
        }
        finally
        {
            trace.Add("disposed");
        }
    }

    /// <summary>Makes a range usable in <c>foreach</c>.</summary>
    private static IEnumerator<int> GetEnumerator(this Range range)
    {
        for (int i = range.Start.Value; i < range.End.Value; i++) yield return i;
    }
}
