#pragma warning disable TAME062 // an exception leaves the block, and what it cancels is looked at
namespace Tame.Language.Tests.Regions;

/// <summary>Waits in <c>try</c>: what is caught, what runs when, and that a suspension runs nothing.</summary>
public sealed partial class TryTests
{
    [Fact]
    public void A_finally_runs_once_and_not_at_a_suspension() => Assert.Equal("1 2 3 f3 f2 f1 end", Trace.Of(Nested));

    [Tamed] private static partial void Nested(Trace trace, Event done);

    private static void NestedBody(Trace trace, Event done)
    {
        try
        {
            using (twait()) asap(mkevent());
            trace.Add(1);
            try
            {
                using (twait()) asap(mkevent());
                trace.Add(2);
                try
                {
                    using (twait()) asap(mkevent());
                    trace.Add(3);
                    using (twait()) asap(mkevent());
                }
                finally
                {
                    trace.Add("f3");
                }

                using (twait()) asap(mkevent());
            }
            finally
            {
                trace.Add("f2");
            }
        }
        finally
        {
            trace.Add("f1");
        }

        trace.Add("end");
        done.Trigger();
    }

    [Fact]
    public void Filters_are_asked_before_inner_finally_blocks_run() => Assert.Equal("no yes f caught:b again f2 outer:b", Trace.Of(Filters));

    [Tamed] private static partial void Filters(Trace trace, Event done);

    private static void FiltersBody(Trace trace, Event done)
    {
        try
        {
            try
            {
                try
                {
                    using (twait()) asap(mkevent());
                    Throw("b");
                }
                catch (InvalidOperationException e) when (e.Message == "a" || Say(trace, "no", false))
                {
                    trace.Add("wrong");
                }
                finally
                {
                    trace.Add("f");
                }
            }
            catch (Exception e) when (e is InvalidOperationException { Message: var m } && m == "b" && Say(trace, "yes", true))
            {
                trace.Add("caught:" + e.Message);
                try
                {
                    trace.Add("again");
                    throw;
                }
                finally
                {
                    trace.Add("f2");
                }
            }
        }
        catch (InvalidOperationException e)
        {
            trace.Add("outer:" + e.Message);
        }

        done.Trigger();
    }

    private static bool Say(Trace trace, string word, bool value)
    {
        trace.Add(word);
        return value;
    }

    private static void Throw(string message) => throw new InvalidOperationException(message);

    [Fact]
    public void A_try_catches_before_after_and_at_its_wait() => Assert.Equal("before after at block join end", Trace.Of(Places));

    [Tamed] private static partial void Places(Trace trace, Event done);

    private static void PlacesBody(Trace trace, Event done)
    {
        for (var place = 0; place < 5; place++)
        {
            try
            {
                if (place == 0) Throw("before");
                using (twait())
                {
                    asap(mkevent());
                    if (place == 2) mkevent().Fail(new InvalidOperationException("at"));
                    if (place == 3) Throw("block");
                }

                if (place == 4)
                {
                    var rendezvous = new Rendezvous();
                    mkevent(rendezvous).Fail(new InvalidOperationException("join"));
                    twait(rendezvous);
                }

                Throw("after");
            }
            catch (InvalidOperationException e)
            {
                trace.Add(e.Message);
            }
        }

        trace.Add("end");
        done.Trigger();
    }

    [Fact]
    public void An_exception_that_leaves_blocks_cancels_their_events_after_the_filters_and_before_the_clause() =>
        Assert.Equal("True False True caught False f False outer", Trace.Of(Leaves));

    [Tamed] private static partial void Leaves(Trace trace, Event done);

    private static void LeavesBody(Trace trace, Event done)
    {
        Event outer = default, inner = default;
        try
        {
            using (twait())
            {
                outer = mkevent();
                try
                {
                    using (twait())
                    {
                        inner = mkevent();
                        using (twait()) asap(mkevent());
                        Throw("x");
                    }
                }
                catch (InvalidOperationException) when (Say(trace, inner.IsPending.ToString(), true))
                {
                    trace.Add(inner.Trigger());
                    trace.Add(outer.IsPending);
                    trace.Add("caught");
                }

                try
                {
                    using (twait())
                    {
                        inner = mkevent();
                        using (twait()) asap(mkevent());
                        Throw("y");
                    }
                }
                finally
                {
                    trace.Add(inner.Trigger());
                    trace.Add("f");
                }
            }
        }
        catch (InvalidOperationException)
        {
            trace.Add(outer.Trigger());
            trace.Add("outer");
        }

        done.Trigger();
    }
}
