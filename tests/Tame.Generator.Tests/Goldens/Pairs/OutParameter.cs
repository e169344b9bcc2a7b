namespace Demo;

public static partial class Timeouts
{
    [Tamed] private static partial void AddTimeout<T>(TimeSpan limit, out Event<T> inner, Event<bool, T> done);

    private static void AddTimeoutBody<T>(TimeSpan limit, out Event<T> inner, Event<bool, T> done)
    {
        var r = new Rendezvous<bool>();
        T result = default!;
        timer(limit, mkevent(r, false));
        inner = mkevent(r, true, out result);
        twait(r, out bool ok);
        done.Trigger(ok, result);
        r.Cancel();
    }
}
