#pragma warning disable TAME062 // an exception leaves the block, and what it cancels is looked at
namespace Tame.Language.Tests.Regions;

/// <summary>Waits in <c>catch</c> and <c>finally</c>: they go on where C# would, and what was on its way goes on after them.</summary>
public sealed partial class HandlerTests
{
    [Fact]
    public void A_catch_waits_and_throws_again() => Assert.Equal("try filter:a caught:a waited outer:a True end", Trace.Of(Again));

    [Tamed] private static partial void Again(Trace trace, Event done);

    private static void AgainBody(Trace trace, Event done)
    {
        Exception? first = null;
        try
        {
            try
            {
                trace.Add("try");
                Throw("a");
            }
            catch (InvalidOperationException e) when (Say(trace, "filter:" + e.Message))
            {
                first = e;
                trace.Add("caught:" + e.Message);
                using (twait()) asap(mkevent());
                trace.Add("waited");
                throw;
            }
        }
        catch (Exception e)
        {
            using (twait()) asap(mkevent());
            trace.Add("outer:" + e.Message);
            trace.Add(ReferenceEquals(e, first) && e.StackTrace!.Contains(nameof(Throw), StringComparison.Ordinal));
        }

        trace.Add("end");
        done.Trigger();
    }

    [Theory]
    [InlineData("break", "in f1 waited f2 out")]
    [InlineData("continue", "in f1 waited f2 in f1 waited f2 out")]
    [InlineData("goto", "in f1 waited f2 there")]
    [InlineData("return", "in f1 waited f2")]
    [InlineData("throw", "in f1 waited f2 caught:x out")]
    [InlineData("end", "in f1 waited f2 after in f1 waited f2 after out")]
    public void A_finally_waits_and_then_the_jump_goes_on(string way, string expected) => Assert.Equal(expected, Trace.Of((trace, done) => Leave(trace, way, done)));

    [Tamed] private static partial void Leave(Trace trace, string way, Event done);

    private static void LeaveBody(Trace trace, string way, Event done)
    {
        try
        {
            for (var i = 0; i < 2; i++)
            {
                try
                {
                    try
                    {
                        trace.Add("in");
                        if (way == "return")
                        {
                            timer(TimeSpan.FromSeconds(1), done);
                            return;
                        }

                        using (twait()) asap(mkevent());
                        switch (way)
                        {
                            case "break": goto leave;
                            case "continue": continue;
                            case "goto": goto there;
                            case "throw": Throw("x"); break;
                        }
                    }
                    finally
                    {
                        trace.Add("f1");
                        using (twait()) asap(mkevent());
                        trace.Add("waited");
                    }
                }
                finally
                {
                    using (twait()) asap(mkevent());
                    trace.Add("f2");
                }

                trace.Add("after");
                continue;
            leave:
                break;
            }
        }
        catch (InvalidOperationException e)
        {
            trace.Add("caught:" + e.Message);
        }

        trace.Add("out");
        done.Trigger();
        return;
    there:
        trace.Add("there");
        done.Trigger();
    }

    [Fact]
    public void An_exception_in_a_finally_takes_the_place_of_the_one_on_its_way() => Assert.Equal("f second", Trace.Of(Replace));

    [Tamed] private static partial void Replace(Trace trace, Event done);

    private static void ReplaceBody(Trace trace, Event done)
    {
        try
        {
            try
            {
                Throw("first");
            }
            finally
            {
                using (twait()) asap(mkevent());
                trace.Add("f");
                Throw("second");
            }
        }
        catch (Exception e)
        {
            trace.Add(e.Message);
        }

        done.Trigger();
    }

    [Fact]
    public void A_block_left_by_an_exception_is_cancelled_before_the_finally_waits() => Assert.Equal("False f caught", Trace.Of(Cancelled, left: 1));

    [Tamed] private static partial void Cancelled(Trace trace, Event done);

    private static void CancelledBody(Trace trace, Event done)
    {
        Event inner = default;
        try
        {
            try
            {
                using (twait())
                {
                    inner = mkevent();
                    Throw("x");
                }
            }
            finally
            {
                trace.Add(inner.IsPending);
                using (twait()) asap(mkevent());
                trace.Add("f");
            }
        }
        catch
        {
            using (twait()) asap(mkevent());
            trace.Add("caught");
        }

        done.Trigger();
    }

    [Fact]
    public void Checked_and_unchecked_go_with_what_is_moved_out_of_their_block() => Assert.Equal("-2147483648 overflow overflow -1 overflow", Trace.Of(Arithmetic));

    [Tamed] private static partial void Arithmetic(Trace trace, Event done);

    private static void ArithmeticBody(Trace trace, Event done)
    {
        var max = int.MaxValue;
        unchecked
        {
            using (twait()) asap(mkevent());
            trace.Add(max + 1);
            checked
            {
                try
                {
                    using (twait()) asap(mkevent());
                    int sum = max + 1;
                    trace.Add(sum);
                }
                catch (OverflowException)
                {
                    trace.Add("overflow");
                }

                try
                {
                    for (var i = max; i > 0; i++)
                    {
                        using (twait()) asap(mkevent());
                    }
                }
                catch (OverflowException)
                {
                    trace.Add("overflow");
                }

                unchecked
                {
                    foreach (int i in new[] { 0xFFFFFFFFL })
                    {
                        using (twait()) asap(mkevent());
                        trace.Add(i);
                    }
                }

                try
                {
                    using (twait()) asap(mkevent());
                    trace.Add(Next(max));
                    int Next(int v) => v + 1;
                }
                catch (OverflowException)
                {
                    trace.Add("overflow");
                }
            }
        }

        done.Trigger();
    }

    [Fact]
    public void A_foreach_over_an_array_of_several_dimensions_goes_row_by_row() => Assert.Equal("1 2 3 4 a b", Trace.Of(Rows));

    [Tamed] private static partial void Rows(Trace trace, Event done);

    private static void RowsBody(Trace trace, Event done)
    {
        foreach (var item in new[,] { { 1, 2 }, { 3, 4 } })
        {
            using (twait()) asap(mkevent());
            trace.Add(item);
        }

        foreach (object item in (object[,])new string[,] { { "a" }, { "b" } })
        {
            using (twait()) asap(mkevent());
            trace.Add(item);
        }

        done.Trigger();
    }

    private static bool Say(Trace trace, string what)
    {
        trace.Add(what);
        return true;
    }

    private static void Throw(string message) => throw new InvalidOperationException(message);
}
