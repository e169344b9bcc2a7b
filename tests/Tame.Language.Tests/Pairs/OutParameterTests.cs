namespace Tame.Language.Tests.Pairs;

/// <summary>An <c>out</c> parameter is copied to the caller before the call returns.</summary>
public sealed partial class OutParameterTests
{
    [Fact]
    public void A_body_that_waits_or_ends_at_once_hands_its_value_over() => Assert.Equal("1 pending 2 ended", Trace.Of(Hands));

    [Tamed] private static partial void Hands(Trace trace, Event done);

    private static void HandsBody(Trace trace, Event done)
    {
        using (twait())
        {
            var e = mkevent();
            Give(true, out var number, e);
            trace.Add(number);
            trace.Add(e.IsPending ? "pending" : "ended");
        }

        using (twait())
        {
            var e = mkevent();
            Give(false, out var number, e);
            trace.Add(number);
            trace.Add(e.IsPending ? "pending" : "ended");
        }

        done.Trigger();
    }

    [Tamed] private static partial void Give(bool wait, out int number, Event done);

    private static void GiveBody(bool wait, out int number, Event done)
    {
        number = 2;
        if (wait)
        {
            number = 1;
            using (twait()) asap(mkevent());
        }

        done.Trigger();
    }

    [Fact]
    public void A_body_that_throws_fails_its_event_and_leaves_a_default_or_throws_to_its_caller() => Assert.Equal("0 failed -1 thrown", Trace.Of(Throws));

    [Tamed] private static partial void Throws(Trace trace, Event done);

    private static void ThrowsBody(Trace trace, Event done)
    {
        var number = -1;
        try
        {
            using (twait())
            {
                Throw(out number, mkevent());
                trace.Add(number);
            }
        }
        catch (InvalidOperationException)
        {
            trace.Add("failed");
        }

        number = -1;
        try
        {
            Throw(out number, default);
        }
        catch (InvalidOperationException)
        {
            trace.Add(number);
            trace.Add("thrown");
        }

        done.Trigger();
    }

    [Tamed] private static partial void Throw(out int number, Event done);

    private static void ThrowBody(out int number, Event done)
    {
        if (done != Event.Detached) throw new InvalidOperationException();
        number = 5;
        using (twait()) asap(mkevent());
    }

    [Fact]
    public void A_timeout_may_hand_out_the_inner_event_as_the_paper_does() => Assert.Equal("True 7 False 0", Trace.Of(Timeouts, left: 1));

    [Tamed] private static partial void Timeouts(Trace trace, Event done);

    private static void TimeoutsBody(Trace trace, Event done)
    {
        int value;
        bool inTime;
        using (twait())
        {
            AddTimeout(TimeSpan.FromSeconds(5), mkevent(out value), mkevent(out inTime), out var inner);
            inner.Trigger(7);
        }

        trace.Add(inTime);
        trace.Add(value);
        value = 0;
        using (twait()) AddTimeout(TimeSpan.FromSeconds(5), mkevent(out value), mkevent(out inTime), out var _);
        trace.Add(inTime);
        trace.Add(value);
        done.Trigger();
    }

    [Tamed] private static partial void AddTimeout(TimeSpan time, Event<int> e, Event<bool> inTime, out Event<int> inner);

    private static void AddTimeoutBody(TimeSpan time, Event<int> e, Event<bool> inTime, out Event<int> inner)
    {
        using var rendezvous = new Rendezvous<bool>();
        timer(time, mkevent(rendezvous, false));
        inner = mkevent(rendezvous, true, out int value);
        twait(rendezvous, out bool inside);
        inTime.Trigger(inside);
        if (inside) e.Trigger(value);
        else e.Unblock();
    }
}
