#pragma warning disable TAME060 // one of these calls is left waiting
namespace Tame.Language.Tests.Waits;

/// <summary><c>using (twait()) …</c>: what a block waits for, and in which order things happen.</summary>
public sealed partial class BlockTests
{
    [Fact]
    public void A_block_whose_events_have_all_triggered_falls_through_without_a_trip_through_the_loop() =>
        Assert.Equal("in 1 2 back resumed", Trace.Of(FallsThrough));

    [Tamed] private static partial void FallsThrough(Trace trace, Event done);

    private static void FallsThroughBody(Trace trace, Event done)
    {
        using (twait())
        {
            Inner(trace, mkevent());
            trace.Add("back");
        }

        trace.Add("resumed");
        done.Trigger();
    }

    [Tamed] private static partial void Inner(Trace trace, Event done);

    private static void InnerBody(Trace trace, Event done)
    {
        trace.Add("in");
        using (twait()) mkevent().Trigger();
        trace.Add(1);
        using (twait())
        {
            mkevent().Trigger();
            mkevent(out int v).Trigger(2);
            trace.Add(v);
        }

        using (twait()) asap(mkevent());
        done.Trigger();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(17)]
    [InlineData(200)]
    public void A_block_waits_for_all_its_events(int count) =>
        Assert.Equal($"{count} {count * (count - 1) / 2}", Trace.Of((trace, done) => Many(trace, count, done)));

    [Tamed] private static partial void Many(Trace trace, int count, Event done);

    private static void ManyBody(Trace trace, int count, Event done)
    {
        var values = new int[count];
        var began = EventLoop.Current!.TimeProvider.GetTimestamp();
        using (twait())
        {
            for (var i = 0; i < count; i++) After(i + 1, i, mkevent(out values[i]));
        }

        trace.Add(EventLoop.Current!.TimeProvider.GetElapsedTime(began).TotalHours);
        trace.Add(values.Sum());
        done.Trigger();
    }

    [Tamed] private static partial void After<T>(int hours, T value, Event<T> done);

    private static void AfterBody<T>(int hours, T value, Event<T> done)
    {
        using (twait()) timer(TimeSpan.FromHours(hours), mkevent());
        done.Trigger(value);
    }

    [Fact]
    public void An_inner_block_waits_for_its_own_events_while_those_outside_are_outstanding() =>
        Assert.Equal("inner 1 0 0 again 1 2 0 outer 1 2 3", Trace.Of(Nested));

    [Tamed] private static partial void Nested(Trace trace, Event done);

    private static void NestedBody(Trace trace, Event done)
    {
        int a = 0, b = 0, c = 0;
        using (twait())
        {
            After(9, 3, mkevent(out c));
            using (twait()) After(1, 1, mkevent(out a));
            trace.Add($"inner {a} {b} {c}");
            if (a == 1)
            {
                using (twait())
                {
                    var made = mkevent(out b);
                    After(1, 2, made);
                }
            }

            trace.Add($"again {a} {b} {c}");
        }

        trace.Add($"outer {a} {b} {c}");
        done.Trigger();
    }

    [Fact]
    public void Waits_may_be_the_only_statement_of_anything() => Assert.Equal("8", Trace.Of(Bare, left: 2));

    [Tamed] private static partial void Bare(Trace trace, Event done);

    private static void BareBody(Trace trace, Event done)
    {
        var n = 0;
        var rendezvous = new Rendezvous();
        for (var i = 0; i < 4; i++) asap(mkevent(rendezvous));
        if (n == 0) using (twait()) Count(ref n, mkevent());
        else using (twait()) mkevent().Trigger();
        if (n == 0) trace.Add("no");
        else if (n == 1) twait(rendezvous);
        while (n < 3) using (twait()) Count(ref n, mkevent());
        do twait(rendezvous); while (n++ < 3);
        for (; n < 7; n++) using (twait()) asap(mkevent());
        foreach (var _ in new[] { 1 }) using (twait()) Count(ref n, mkevent());
        ;
        {
        }

        while (n++ < 7)
        {
        }

        trace.Add(--n);
        done.Trigger();
    }

    private static void Count(ref int n, Event e)
    {
        n++;
        asap(e);
    }

    [Fact]
    public void A_body_may_be_an_expression_or_return_before_any_wait() => Assert.Equal("early end", Trace.Of(Expressions));

    [Tamed] private static partial void Expressions(Trace trace, Event done);

    private static void ExpressionsBody(Trace trace, Event done)
    {
        var rendezvous = new Rendezvous<int>();
        using (twait()) Early(trace, true, mkevent());
        asap(mkevent(rendezvous, 1));
        Join(rendezvous);
        Finish(trace, done);
    }

    [Tamed] private static partial void Early(Trace trace, bool early, Event done);

    private static void EarlyBody(Trace trace, bool early, Event done)
    {
        if (early)
        {
            trace.Add("early");
            done.Trigger();
            return;
        }

        using (twait()) asap(mkevent());
    }

    [Tamed] private static partial void Join(Rendezvous<int> rendezvous);

    private static void JoinBody(Rendezvous<int> rendezvous) => twait(rendezvous, out int _);

    [Tamed] private static partial void Finish(Trace trace, Event done);

    private static void FinishBody(Trace trace, Event done) => done.AtTrigger(Said(trace, done));

    private static Event Said(Trace trace, Event done)
    {
        trace.Add("end");
        asap(done);
        return default;
    }
}
