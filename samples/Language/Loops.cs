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
            using (twait()) asap(mkevent());
            trace.Add(item);
        }
        int n = 0;
        do
            using (twait()) asap(mkevent());
        while (++n < 3);
        for (int i = 0, j = 10; i < j; i++, j--)
        {
            using (twait()) asap(mkevent());
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
            using (twait()) asap(mkevent());
            trace.Add(cell);
        }
        var sizes = new Dictionary<string, int> { ["one"] = 3, ["three"] = 5 };
        foreach (var (name, size) in sizes)
        {
            using (twait()) timer(TimeSpan.FromSeconds(size), mkevent());
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
            using (twait()) asap(mkevent());
            trace.Add(number);
        }
        foreach (int number in Numbers(trace))
        {
            using (twait()) asap(mkevent());
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

    /// <summary>Makes a range something that <c>foreach</c> can go through.</summary>
    private static IEnumerator<int> GetEnumerator(this Range range)
    {
        for (int i = range.Start.Value; i < range.End.Value; i++) yield return i;
    }
}
