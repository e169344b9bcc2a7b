namespace Tame.Language.Tests.Regions;

/// <summary>Jumps out of protected regions: each <c>finally</c> on the way runs once, whether the jump comes before or after the wait.</summary>
public sealed partial class WaysOutTests
{
    [Theory]
    [InlineData("break", "in f out")]
    [InlineData("continue", "in f in f in f out")]
    [InlineData("goto", "in f there out")]
    [InlineData("return", "in f")]
    [InlineData("throw", "in f caught out")]
    [InlineData("end", "in f after in f after in f after out")]
    public void Every_way_out_runs_the_finally_once(string way, string expected)
    {
        Assert.Equal(expected, Trace.Of((trace, done) => Leave(trace, way, early: false, done)));
        Assert.Equal(expected, Trace.Of((trace, done) => Leave(trace, way, early: true, done)));
        Assert.Equal(expected, Trace.Of((trace, done) => FromCatch(trace, way, done)));
    }

    [Tamed] private static partial void Leave(Trace trace, string way, bool early, Event done);

    private static void LeaveBody(Trace trace, string way, bool early, Event done)
    {
        try
        {
            for (var i = 0; i < 3; i++)
            {
                try
                {
                    trace.Add("in");
                    if (!early)
                    {
                        using (twait()) asap(mkevent());
                    }

                    if (way == "break") break;
                    if (way == "continue") continue;
                    if (way == "goto") goto there;
                    if (way == "return")
                    {
                        asap(done);
                        return;
                    }

                    if (way == "throw") throw new InvalidOperationException();
                    using (twait()) asap(mkevent());
                }
                finally
                {
                    trace.Add("f");
                }

                trace.Add("after");
            }
        }
        catch (InvalidOperationException)
        {
            trace.Add("caught");
        }

        goto end;
    there:
        trace.Add("there");
    end:
        trace.Add("out");
        done.Trigger();
    }

    [Tamed] private static partial void FromCatch(Trace trace, string way, Event done);

    private static void FromCatchBody(Trace trace, string way, Event done)
    {
        try
        {
            for (var i = 0; i < 3; i++)
            {
                try
                {
                    try
                    {
                        trace.Add("in");
                        using (twait()) asap(mkevent());
                        throw new FormatException();
                    }
                    catch (FormatException)
                    {
                        if (way == "break") break;
                        if (way == "continue") continue;
                        if (way == "goto") goto there;
                        if (way == "return")
                        {
                            asap(done);
                            return;
                        }

                        if (way == "throw") throw new InvalidOperationException();
                    }

                    using (twait()) asap(mkevent());
                }
                finally
                {
                    trace.Add("f");
                }

                trace.Add("after");
            }
        }
        catch (InvalidOperationException)
        {
            trace.Add("caught");
        }

        goto end;
    there:
        trace.Add("there");
    end:
        trace.Add("out");
        done.Trigger();
    }
}
