namespace MultiDns;

/// <summary>The paper's composable timeout: it takes an event, and returns one with a time limit.</summary>
/// <remarks>Source: add_timeout, "Events Can Make Sense", USENIX ATC 2007.</remarks>
internal static partial class Composability
{
    [Tamed]
    private static partial void AddTimeout<T>(TimeSpan limit, out Event<T> inner, Event<bool, T?> e);

    private static void AddTimeoutBody<T>(TimeSpan limit, out Event<T> inner, Event<bool, T?> e)
    {
        var r = new Rendezvous<bool>();
        T? result = default;
        timer(limit, mkevent(r, false));
        inner = mkevent(r, true, out result);
        twait(r, out bool inTime);
        e.Trigger(inTime, result);
        r.Cancel();
    }

    /// <summary>
    /// An event to pass on. When it is triggered within <paramref name="limit"/>, <paramref name="e"/> gets true and its value. Otherwise <paramref name="e"/> gets
    /// false when the time is up, and a later trigger has no effect.
    /// </summary>
    public static Event<T> AddTimeout<T>(TimeSpan limit, Event<bool, T?> e)
    {
        AddTimeout(limit, out var inner, e);
        return inner;
    }
}
