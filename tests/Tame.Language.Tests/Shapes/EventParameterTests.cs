namespace Tame.Language.Tests.Shapes;

/// <summary>Which parameters are told of a failure: every event passed in, nullable or not; no part of an array or a tuple, no <c>out</c> parameter.</summary>
public sealed partial class EventParameterTests
{
    [Fact]
    public void Nullable_events_are_told_as_others_are() => Assert.Equal("failed failed failed none", Trace.Of(Nullable));

    [Tamed] private static partial void Nullable(Trace trace, Event done);

    private static void NullableBody(Trace trace, Event done)
    {
        var r = new Rendezvous<int>();
        Fail(mkevent(r, 1, out int _), null, true);
        twait(r, out _, out var error);
        trace.Add(error is InvalidOperationException ? "failed" : "?");
        Fail(mkevent(r, 2, out int _), mkevent(r, 3), false);
        for (var i = 0; i < 2; i++)
        {
            twait(r, out _, out error);
            trace.Add(error is InvalidOperationException ? "failed" : "?");
        }

        try
        {
            Fail(null, null, false);
            trace.Add("?");
        }
        catch (InvalidOperationException)
        {
            trace.Add("none");
        }

        done.Trigger();
    }

    [Tamed] private static partial void Fail(Event<int>? one, Event? two, bool wait);

    private static void FailBody(Event<int>? one, Event? two, bool wait)
    {
        if (wait)
        {
            using (twait()) asap(mkevent());
        }

        one = null;
        throw new InvalidOperationException();
    }

    [Fact]
    public void Events_in_arrays_and_tuples_are_not() => Assert.Equal("array True tuple True", Trace.Of(Parts));

    [Tamed] private static partial void Parts(Trace trace, Event done);

    private static void PartsBody(Trace trace, Event done)
    {
        using (twait())
        {
            var e = mkevent();
            try
            {
                FailArray(e);
            }
            catch (InvalidOperationException)
            {
                trace.Add("array");
            }

            trace.Add(e.IsPending);
            try
            {
                FailTuple((1, e));
            }
            catch (InvalidOperationException)
            {
                trace.Add("tuple");
            }

            trace.Add(e.IsPending);
            e.Trigger();
        }

        done.Trigger();
    }

    [Tamed] private static partial void FailArray(params Event[] all);

    private static void FailArrayBody(Event[] all) => throw new InvalidOperationException();

    [Tamed] private static partial void FailTuple((int, Event Done) pair);

    private static void FailTupleBody((int, Event Done) pair) => throw new InvalidOperationException();

    [Fact]
    public void An_out_event_is_not_passed_in_and_so_not_told() => Assert.Equal("thrown", Trace.Of(Outs, left: 1));

    [Tamed] private static partial void Outs(Trace trace, Event done);

    private static void OutsBody(Trace trace, Event done)
    {
        var r = new Rendezvous();
        try
        {
            FailOut(r, out var _);
        }
        catch (InvalidOperationException)
        {
            trace.Add("thrown");
        }

        r.Cancel();
        done.Trigger();
    }

    [Tamed] private static partial void FailOut(Rendezvous r, out Event inner);

    private static void FailOutBody(Rendezvous r, out Event inner)
    {
        inner = mkevent(r);
        throw new InvalidOperationException();
    }
}
