namespace Language;

/// <summary>Blocks, events, slots and rendezvous.</summary>
public static partial class Waits
{
    [Tamed] public static partial void Blocks(Trace trace, Event done);

    private static void BlocksBody(Trace trace, Event done)
    {
        #region blocks
        int left, right;
        using (twait())
        {
            Later(2, 20, mkevent(out left));
            Later(1, 10, mkevent(out right));
        }
        trace.Add(left + right);
        using (twait()) mkevent().Trigger();
        trace.Add("at once");
        #endregion
        done.Trigger();
    }

    [Tamed] public static partial void Nested(Trace trace, Event done);

    private static void NestedBody(Trace trace, Event done)
    {
        #region nested
        using (twait())
        {
            Say("outer", 3, trace, mkevent());
            using (twait()) Say("inner", 1, trace, mkevent());
            trace.Add("between");
        }
        trace.Add("end");
        #endregion
        done.Trigger();
    }

    [Tamed] public static partial void Slots(Trace trace, Event done);

    private static void SlotsBody(Trace trace, Event done)
    {
        #region slots
        var sizes = new int[2];
        int i = 0, length;
        using (twait())
        {
            Later(2, 20, mkevent(out sizes[i++]));
            Later(1, 10, mkevent(out sizes[i++]));
            Measure("word", mkevent(out length, out string _));
        }
        trace.Add($"{length} {sizes[0]} {sizes[1]}");
        #endregion
        done.Trigger();
    }

    [Tamed] public static partial void Window(Trace trace, Event done);

    private static void WindowBody(Trace trace, Event done)
    {
        #region rendezvous
        string[] jobs = ["slow", "quick", "brief"];
        var running = new Rendezvous<int>();
        for (int i = 0; i < jobs.Length; i++)
            timer(TimeSpan.FromSeconds(jobs[i] == "slow" ? 9 : i), mkevent(running, i));
        for (int left = jobs.Length; left > 0; left--)
        {
            twait(running, out int id);
            trace.Add(jobs[id]);
        }
        #endregion
        done.Trigger();
    }

    [Tamed] public static partial void Errors(Trace trace, Event done);

    private static void ErrorsBody(Trace trace, Event done)
    {
        #region errors
        var running = new Rendezvous<int>();
        mkevent(running, 7).Fail(new TimeoutException());
        twait(running, out int id, out Exception? error);
        trace.Add($"{id} {error?.GetType().Name}");
        #endregion
        done.Trigger();
    }

    [Tamed] private static partial void Later(int seconds, int value, Event<int> result);

    private static void LaterBody(int seconds, int value, Event<int> result)
    {
        using (twait()) timer(TimeSpan.FromSeconds(seconds), mkevent());
        result.Trigger(value);
    }

    [Tamed] private static partial void Say(string word, int seconds, Trace trace, Event done);

    private static void SayBody(string word, int seconds, Trace trace, Event done)
    {
        using (twait()) timer(TimeSpan.FromSeconds(seconds), mkevent());
        trace.Add(word);
        done.Trigger();
    }

    private static void Measure(string word, Event<int, string> result) => result.Trigger(word.Length, word);
}
