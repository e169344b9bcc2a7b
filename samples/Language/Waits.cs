namespace Language;

/// <summary>Single waits, blocks, events, slots and rendezvous.</summary>
public static partial class Waits
{
    [Tamed] public static partial void Everyday(Trace trace, Event done);

    private static void EverydayBody(Trace trace, Event done)
    {
        twait(e => Fetch("home", e), out string report);
        trace.Add(report);
        done.Trigger();
    }

    [Tamed] private static partial void Fetch(string url, Event<string> report);

    private static void FetchBody(string url, Event<string> report)
    {
        #region everyday
        twait(Download(url), out string page);                    // a task and its result
        twait(e => timer(TimeSpan.FromSeconds(1), e));            // one operation
        twait(e => Measure(page, e), out int size, out string _); // one operation and its values
        #endregion
        report.Trigger($"{page} {size}");
    }

    [Tamed] public static partial void Starts(Trace trace, Event done);

    private static void StartsBody(Trace trace, Event done)
    {
        #region starts
        var known = new Dictionary<string, int> { ["tea"] = 3 };
        foreach (string word in new[] { "tea", "coffee" })
        {
            twait(e =>
            {
                if (known.TryGetValue(word, out int answer))
                {
                    e.Trigger(answer);
                    return;
                }
                Later(2, word.Length, e.WithTimeout(TimeSpan.FromSeconds(5)));
            }, out int price);
            trace.Add($"{word} {price}");
        }
        #endregion
        done.Trigger();
    }

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
            twait(e => Say("inner", 1, trace, e));
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
        twait(e => timer(TimeSpan.FromSeconds(seconds), e));
        result.Trigger(value);
    }

    [Tamed] private static partial void Say(string word, int seconds, Trace trace, Event done);

    private static void SayBody(string word, int seconds, Trace trace, Event done)
    {
        twait(e => timer(TimeSpan.FromSeconds(seconds), e));
        trace.Add(word);
        done.Trigger();
    }

    private static async Task<string> Download(string url)
    {
        await Task.Yield();
        return url;
    }

    private static void Measure(string word, Event<int, string> result) => result.Trigger(word.Length, word);
}
