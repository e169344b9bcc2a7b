namespace Language;

/// <summary>Declarations and their bodies, and the effect of a call.</summary>
public static partial class Pairs
{
    #region pair
    [Tamed] public static partial void Greet(string name, Trace trace, Event done);

    private static void GreetBody(string name, Trace trace, Event done)
    {
        trace.Add("hello,");
        twait(e => timer(TimeSpan.FromSeconds(1), e));
        trace.Add(name);
        done.Trigger();
    }
    #endregion

    [Tamed] public static partial void Running(Trace trace, Event done);

    private static void RunningBody(Trace trace, Event done)
    {
        #region running
        using (twait())
        {
            Greet("you", trace, mkevent());
            trace.Add("back");
        }
        trace.Add("resumed");
        #endregion
        done.Trigger();
    }

    #region out
    [Tamed] public static partial void WithTimeout(TimeSpan time, out Event<int> inner, Event<int?> result);

    private static void WithTimeoutBody(TimeSpan time, out Event<int> inner, Event<int?> result)
    {
        using var first = new Rendezvous<bool>();
        inner = mkevent(first, true, out int value);
        timer(time, mkevent(first, false));
        twait(first, out bool inTime);
        result.Trigger(inTime ? value : null);
    }
    #endregion

    [Tamed] public static partial void Out(Trace trace, Event done);

    private static void OutBody(Trace trace, Event done)
    {
        int? early, late;
        using (twait())
        {
            WithTimeout(TimeSpan.FromSeconds(5), out var inner, mkevent(out early));
            inner.Trigger(7);
            WithTimeout(TimeSpan.FromSeconds(5), out _, mkevent(out late));
        }
        trace.Add(early);
        trace.Add(late is null ? "timeout" : "?");
        done.Trigger();
    }
}

#region shapes
public partial class Shelf<T>(string label)
{
    [Tamed(nameof(PutLater))] public virtual partial void Put(T item, Trace trace, Event done);

    private void PutLater(T item, Trace trace, Event done)
    {
        twait(e => timer(TimeSpan.FromSeconds(1), e));
        trace.Add($"{item} on {label}");
        done.Trigger();
    }
}
#endregion
