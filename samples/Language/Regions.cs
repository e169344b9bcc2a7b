namespace Language;

/// <summary><c>try</c>, <c>using</c>, <c>checked</c>, <c>lock</c> and <c>fixed</c>.</summary>
public static partial class Regions
{
    private static readonly Lock s_gate = new();

    [Tamed] public static partial void Catch(Trace trace, Event done);

    private static void CatchBody(Trace trace, Event done)
    {
        #region catch
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                twait(e => Flaky(attempt, e));
                break;
            }
            catch (IOException e) when (attempt < 3)
            {
                twait(over => timer(TimeSpan.FromSeconds(attempt), over));
                trace.Add($"{attempt}: {e.Message},");
            }
        }
        trace.Add("done");
        #endregion
        done.Trigger();
    }

    [Tamed] private static partial void Flaky(int attempt, Event done);

    private static void FlakyBody(int attempt, Event done)
    {
        twait(e => asap(e));
        if (attempt < 3) throw new IOException("busy");
        done.Trigger();
    }

    [Tamed] public static partial void Finally(Trace trace, Event done);

    private static void FinallyBody(Trace trace, Event done)
    {
        #region finally
        for (int i = 1; i < 4; i++)
        {
            try
            {
                twait(e => asap(e));
                if (i == 2) break;
                trace.Add(i);
            }
            finally
            {
                twait(e => timer(TimeSpan.FromSeconds(1), e));
                trace.Add("closed");
            }
        }
        trace.Add("out");
        #endregion
        done.Trigger();
    }

    [Tamed] public static partial void Filters(Trace trace, Event done);

    private static void FiltersBody(Trace trace, Event done)
    {
        #region filters
        try
        {
            try
            {
                throw new IOException();
            }
            finally
            {
                twait(e => asap(e));
                trace.Add("finally");
            }
        }
        catch (IOException) when (Say("filter", trace))
        {
            trace.Add("catch");
        }
        #endregion
        done.Trigger();
    }

    private static bool Say(string word, Trace trace)
    {
        trace.Add(word);
        return true;
    }

    [Tamed] public static partial void Using(Trace trace, Event done);

    private static void UsingBody(Trace trace, Event done)
    {
        #region using
        using (var outer = new Resource("outer", trace))
        {
            using Resource first = new("first", trace), second = new("second", trace);
            twait(e => asap(e));
            trace.Add($"{outer.Name} in use,");
        }
        trace.Add("after");
        #endregion
        done.Trigger();
    }

    private sealed class Resource(string name, Trace trace) : IDisposable
    {
        public string Name => name;

        public void Dispose() => trace.Add($"{name} closed,");
    }

    [Tamed] public static partial void Arithmetic(Trace trace, Event done);

    private static void ArithmeticBody(Trace trace, Event done)
    {
        #region checked
        int top = int.MaxValue;
        unchecked
        {
            twait(e => asap(e));
            trace.Add(top + 1);
        }
        #endregion
        done.Trigger();
    }

    [Tamed] public static partial void Pinned(Trace trace, Event done);

    private static unsafe void PinnedBody(Trace trace, Event done)
    {
        #region unsafe
        var bytes = new byte[4];
        twait(e => asap(e));
        lock (s_gate)
            fixed (byte* first = bytes)
                first[0] = 1;
        unsafe
        {
            byte* copy = stackalloc byte[4];
            copy[0] = (byte)(bytes[0] + 1);
            trace.Add(copy[0]);
            twait(e => asap(e));
        }
        #endregion
        done.Trigger();
    }
}
