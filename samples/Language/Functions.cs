namespace Language;

/// <summary>Lambdas, local functions and queries next to waits, and expression bodies.</summary>
public static partial class Functions
{
    [Tamed] public static partial void Fresh(Trace trace, Event done);

    private static void FreshBody(Trace trace, Event done)
    {
        #region fresh
        var all = new List<Func<int>>();
        for (int i = 0; i < 3; i++)
        {
            int own = i * 10;
            all.Add(() => own);
            twait(e => asap(e));
            own++;
        }
        foreach (var each in all) trace.Add(each());
        #endregion
        done.Trigger();
    }

    [Tamed] public static partial void Local(Trace trace, Event done);

    private static void LocalBody(Trace trace, Event done)
    {
        int[] numbers = [1, 2, 3];
        #region functions
        int limit = 1;
        var large = from n in numbers where n > limit select n;
        Func<Task<int>> later = async () =>
        {
            await Task.Yield();
            return limit * 10;
        };
        twait(e => asap(e));
        limit++;
        trace.Add(string.Join(",", large));
        twait(later(), out int tens);
        trace.Add(Twice(tens));

        int Twice(int value) => value * limit;
        #endregion
        done.Trigger();
    }

    #region expression
    [Tamed] public static partial void Any(Rendezvous<int> running, int[] ids);

    private static void AnyBody(Rendezvous<int> running, int[] ids) => twait(running, out ids[0]);
    #endregion

    [Tamed] public static partial void Expression(Trace trace, Event done);

    private static void ExpressionBody(Trace trace, Event done)
    {
        var ids = new int[1];
        var running = new Rendezvous<int>();
        Any(running, ids);
        mkevent(running, 5).Trigger();
        trace.Add(ids[0]);
        twait(e => asap(e));
        trace.Add(ids[0]);
        done.Trigger();
    }
}
