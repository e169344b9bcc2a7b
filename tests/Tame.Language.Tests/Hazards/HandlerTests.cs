namespace Tame.Language.Tests.Hazards;

/// <summary>Handlers that wait, nested and left by every jump; filters with effects around them.</summary>
public sealed partial class HandlerTests
{
    [Fact]
    public void A_jump_runs_through_three_finally_blocks_that_wait_to_the_place_it_went_to() => Assert.Equal(
        "end f1 f2 g0 g1 f3 behind after continue f1 f2 g0 g1 f3 break f1 f2 g0 g1 f3 after again f1 f2 g0 g1 f3 case f1 f2 g0 g1 f3 section after",
        Trace.Of(Three));

    [Tamed] private static partial void Three(Trace trace, Event done);

    private static void ThreeBody(Trace trace, Event done)
    {
        var n = 0;
    again:
        foreach (var way in new[] { "end", "continue", "break", "again", "case" })
        {
            if (n > 0 && way != "case") continue;
            switch (way)
            {
                case "never":
                    trace.Add("section");
                    break;
                default:
                    try
                    {
                        try
                        {
                            using (twait()) asap(mkevent());
                            try
                            {
                                trace.Add(way);
                                if (way == "continue") continue;
                                if (way == "break") break;
                                if (way == "again") goto again;
                                if (way == "case") goto case "never";
                            }
                            finally
                            {
                                using (twait()) asap(mkevent());
                                trace.Add("f1");
                            }
                        }
                        finally
                        {
                            trace.Add("f2");
                            using (twait()) asap(mkevent());
                            for (var i = 0; i < 2; i++)
                            {
                                try
                                {
                                    if (i == 0) continue;
                                }
                                finally
                                {
                                    using (twait()) asap(mkevent());
                                    trace.Add("g" + i);
                                }
                            }
                        }
                    }
                    finally
                    {
                        using (twait()) asap(mkevent());
                        trace.Add("f3");
                        if (way == "again") n++;
                    }

                    trace.Add("behind");
                    break;
            }

            trace.Add("after");
        }

        done.Trigger();
    }

    [Fact]
    public void A_return_and_an_exception_run_through_finally_blocks_in_usings_in_loops() =>
        Assert.Equal("f -last -aa -a f -last -bb -b -outer | f -last -aa -a f -last -bb -b -outer failed", Trace.Of(Usings));

    [Tamed] private static partial void Usings(Trace trace, Event done);

    private static void UsingsBody(Trace trace, Event done)
    {
        using (twait()) Inner(trace, false, mkevent());
        trace.Add("|");
        using (twait()) Inner(trace, true, mkevent());
        done.Trigger();
    }

    [Tamed] private static partial void Inner(Trace trace, bool fails, Event done);

    private static void InnerBody(Trace trace, bool fails, Event done)
    {
        try
        {
            using var outer = new Said(trace, "outer");
            foreach (var name in new List<string> { "a", "b", "c" })
            {
                using var each = new Said(trace, name);
                using (new Said(trace, name + name))
                {
                    try
                    {
                        using (twait()) asap(mkevent());
                        if (name == "a") continue;
                        if (fails) throw new InvalidOperationException("failed");
                        return;
                    }
                    finally
                    {
                        trace.Add("f");
                        using (twait()) asap(mkevent());
                        using var last = new Said(trace, "last");
                        using (twait()) asap(mkevent());
                    }
                }
            }
        }
        catch (InvalidOperationException e)
        {
            trace.Add(e.Message);
        }
        finally
        {
            done.Trigger();
        }
    }

    private sealed class Said(Trace trace, string name) : IDisposable
    {
        public void Dispose() => trace.Add("-" + name);
    }

    [Fact]
    public void A_throw_again_in_nested_catch_clauses_throws_what_its_own_clause_caught() => Assert.Equal(
        "a0 f0 out:ArgumentExceptionb0 a1 True f1 out:InvalidOperationExceptiona1 a2 f2 out:InvalidOperationExceptiona2",
        Trace.Of(Again));

    [Tamed] private static partial void Again(Trace trace, Event done);

    private static void AgainBody(Trace trace, Event done)
    {
        for (var round = 0; round < 3; round++)
        {
            try
            {
                try
                {
                    throw new InvalidOperationException("a" + round);
                }
                catch (InvalidOperationException first)
                {
                    using (twait()) asap(mkevent());
                    try
                    {
                        try
                        {
                            throw new ArgumentException("b" + round);
                        }
                        catch
                        {
                            using (twait()) asap(mkevent());
                            trace.Add(first.Message);
                            if (round < 2) throw;
                        }
                    }
                    catch (ArgumentException second) when (second.Message == "b1")
                    {
                        try
                        {
                            throw;
                        }
                        catch (ArgumentException third)
                        {
                            using (twait()) asap(mkevent());
                            trace.Add(ReferenceEquals(second, third));
                        }
                    }
                    finally
                    {
                        using (twait()) asap(mkevent());
                        trace.Add("f" + round);
                    }

                    if (round > 0) throw;
                }
            }
            catch (Exception e)
            {
                using (twait()) asap(mkevent());
                trace.Add("out:" + e.GetType().Name + e.Message);
            }
        }

        done.Trigger();
    }

    [Fact]
    public void Filters_with_effects_are_asked_in_order_around_a_finally_that_waits() => Assert.Equal(
        "f1:0x0 f2:1 in f3:12 x0 next f1:13x1 caught in throws24 f3:24 from 1 next f1:25x2 f2:26 in f3:37 x2 next x13",
        Trace.Of(Filters));

    [Tamed] private static partial void Filters(Trace trace, Event done);

    private static void FiltersBody(Trace trace, Event done)
    {
        var asked = 0;
        var log = new List<Func<string>>();
        for (var i = 0; i < 3; i++)
        {
            try
            {
                try
                {
                    try
                    {
                        using (twait()) asap(mkevent());
                        throw new InvalidOperationException("x" + i);
                    }
                    catch (InvalidOperationException e) when (Note(trace, "f1:" + asked++ + e.Message) && e.Message is { Length: var length } && length + i == 3)
                    {
                        trace.Add("caught");
                        log.Add(() => e.Message + i);
                        using (twait()) asap(mkevent());
                        throw new ArgumentException("from " + i);
                    }
                    catch (Exception) when (Note(trace, "f2:" + asked++) && i == 9)
                    {
                        trace.Add("never");
                    }
                    finally
                    {
                        trace.Add("in");
                        using (twait()) asap(mkevent());
                        asked += 10;
                    }
                }
                catch (ArgumentException e) when (Throws(trace, asked))
                {
                    trace.Add("never" + e.Message);
                    using (twait()) asap(mkevent());
                }
                catch (Exception e) when (Note(trace, "f3:" + asked++))
                {
                    using (twait()) asap(mkevent());
                    trace.Add(e.Message);
                    goto next;
                }
            }
            catch (InvalidOperationException) when (Note(trace, "f4:" + asked++))
            {
                trace.Add("never");
            }

        next:
            trace.Add("next");
        }

        foreach (var each in log) trace.Add(each());
        done.Trigger();
    }

    private static void Fail(string message) => throw new ArgumentException(message);

    private static bool Note(Trace trace, string what)
    {
        trace.Add(what);
        return true;
    }

    private static bool Throws(Trace trace, int asked)
    {
        trace.Add("throws" + asked);
        throw new InvalidOperationException("swallowed");
    }

    [Fact]
    public void An_exception_in_a_finally_that_waits_takes_the_place_of_the_jump_or_exception_on_its_way() => Assert.Equal("second0 second1 second2 behind end", Trace.Of(Replaced));

    [Tamed] private static partial void Replaced(Trace trace, Event done);

    private static void ReplacedBody(Trace trace, Event done)
    {
        for (var i = 0; i < 3; i++)
        {
            try
            {
                try
                {
                    using (twait()) asap(mkevent());
                    if (i == 0) continue;
                    if (i == 1) throw new InvalidOperationException("first");
                    goto end;
                }
                finally
                {
                    using (twait()) asap(mkevent());
                    Fail("second" + i);
                }
            }
            catch (ArgumentException e)
            {
                trace.Add(e.Message);
                if (i == 2) break;
            }
        }

        trace.Add("behind");
    end:
        trace.Add("end");
        done.Trigger();
    }

    [Fact]
    public void A_filter_that_runs_twice_has_the_same_variables_both_times() => Assert.Equal("second 3 second 4 second 5 second 6 first 2", Trace.Of(Twice));

    [Tamed] private static partial void Twice(Trace trace, Event done);

    private static void TwiceBody(Trace trace, Event done)
    {
        var kept = new List<Func<object>>();
        for (var i = 0; i < 2; i++)
        {
            try
            {
                try
                {
                    using (twait()) asap(mkevent());
                    Fail("first");
                }
                finally
                {
                    if (i == 0) Fail("second");
                }
            }
            catch (ArgumentException e) when (e.Message.Length is var n && Keep(kept, () => e.Message) && Keep(kept, () => n++))
            {
                using (twait()) asap(mkevent());
                n -= 3;
            }
            finally
            {
                using (twait()) asap(mkevent());
                foreach (var function in kept) trace.Add(function());
            }
        }

        done.Trigger();
    }

    private static bool Keep(List<Func<object>> kept, Func<object> function)
    {
        kept.Add(function);
        return true;
    }
}
