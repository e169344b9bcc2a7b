namespace Tame.Language.Tests.Hazards;

/// <summary>Jumps out of and inside handlers that wait, and what lambdas captured there.</summary>
public sealed partial class JumpTests
{
    [Fact]
    public void A_finally_that_waits_has_loops_jumps_and_captured_variables_of_its_own() =>
        Assert.Equal("10 20 50 1 22 52 12 4 7 34 seven 2 2 2", Trace.Of(Inside));

    [Tamed] private static partial void Inside(Trace trace, Event done);

    private static void InsideBody(Trace trace, Event done)
    {
        var all = new List<Func<int>>();
        for (var i = 0; i < 3; i++)
        {
            try
            {
                var a = i;
                all.Add(() => a);
                if (i == 1) continue;
                using (twait()) asap(mkevent());
                a += 10;
            }
            finally
            {
                var b = i * 2;
                all.Add(() => b);
                try
                {
                    if (i == 2) Fail("in");
                    using (twait()) asap(mkevent());
                    b += 20;
                }
                catch (Exception e) when (all.Count > 0)
                {
                    var c = b;
                    using (twait()) asap(mkevent());
                    all.Add(() => c + e.Message.Length);
                    c++;
                }
                finally
                {
                    using (twait()) asap(mkevent());
                    int d = b;
                    all.Add(() => d++);
                    d += 30;
                }
            }
        }

        foreach (var f in all) trace.Add(f());
        // a goto inside a finally that waits, and loops in it
        var n = 0;
        try
        {
            using (twait()) asap(mkevent());
        }
        finally
        {
        again:
            using (twait()) asap(mkevent());
            var z = n;
            all.Add(() => z);
            if (++n < 3) goto again;
            while (true)
            {
                using (twait()) asap(mkevent());
                if (n++ > 4) break;
                else continue;
            }

            switch (n)
            {
                case 6:
                    goto case 7;
                case 7:
                    using (twait()) asap(mkevent());
                    trace.Add("seven");
                    break;
                default:
                    trace.Add(n);
                    break;
            }
        }

        foreach (var f in all.TakeLast(3)) trace.Add(f());
        done.Trigger();
    }

    [Fact]
    public void Every_way_out_of_a_nest_of_regions_runs_what_it_crosses_once() => Assert.Equal(
        "f1 plain disp last | c cf f1 plain disp last | f1 plain out1 disp last | f1 plain f2 plain disp last | x f1 plain disp last |",
        Trace.Of(Ways));

    [Tamed] private static partial void Ways(Trace trace, Event done);

    private static void WaysBody(Trace trace, Event done)
    {
        // foreach with finally waiting, try in catch, return in catch in finally scope, lock, unchecked, labels in blocks
        for (var way = 0; way < 5; way++)
        {
            using (twait()) Way(trace, way, mkevent());
            trace.Add("|");
        }

        done.Trigger();
    }

    [Tamed] private static partial void Way(Trace trace, int way, Event done);

    private static void WayBody(Trace trace, int way, Event done)
    {
        try
        {
            foreach (var x in Items(trace))
            {
                try
                {
                    try
                    {
                        using (twait()) asap(mkevent());
                        if (way == 0) return;
                        if (way == 1) throw new InvalidOperationException("a");
                        lock (trace)
                        {
                            if (way == 2) goto out1;
                            if (way == 3) continue;
                        }

                        foreach (var c in "xy")
                        {
                            if (way == 4 && c == 'y') return;
                            trace.Add(c);
                        }
                    }
                    catch (InvalidOperationException e) when (e.Message == "a")
                    {
                        trace.Add("c");
                        try
                        {
                            using (twait()) asap(mkevent());
                            if (x == 1) return;
                        }
                        finally
                        {
                            using (twait()) asap(mkevent());
                            trace.Add("cf");
                        }
                    }
                    finally
                    {
                        using (twait()) asap(mkevent());
                        trace.Add("f" + x);
                    }
                }
                catch (ArgumentException)
                {
                    using (twait()) asap(mkevent());
                }
                finally
                {
                    trace.Add("plain");
                }

                trace.Add("end" + x);
                continue;
            out1:
                trace.Add("out1");
                break;
            }
        }
        finally
        {
            trace.Add("last");
            done.Trigger();
        }
    }

    private static IEnumerable<int> Items(Trace t)
    {
        try
        {
            yield return 1;
            yield return 2;
        }
        finally
        {
            t.Add("disp");
        }
    }

    private static void Fail(string message) => throw new InvalidOperationException(message);
}
