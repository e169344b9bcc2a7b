#pragma warning disable TAME060, TAME061 // what is lost here is lost on purpose
namespace Tame.Language.Tests.Calls;

/// <summary>
/// A call runs on the stack until it has to wait: what ends before takes no closure, and what departs goes on in one as if it had been there from the start.
/// The yardstick is the same body as an async method.
/// </summary>
[Collection(nameof(Alone))]
public sealed partial class PrologueTests
{
    private static readonly AsyncLocal<string?> s_local = new();

    [Theory]
    [InlineData("hit")]
    [InlineData("miss")]
    [InlineData("late")]
    [InlineData("inner")]
    [InlineData("neither")]
    [InlineData("throw early")]
    [InlineData("throw late")]
    [InlineData("throw at the end")]
    public async Task A_call_does_in_two_parts_what_an_async_method_does_in_one(string what)
    {
        var expected = new Trace();
        try
        {
            expected.Add(await LookAsync(expected, what));
        }
        catch (InvalidOperationException e)
        {
            expected.Add(e.Message);
        }

        expected.Add(s_local.Value ?? "none");
        Assert.Equal(expected.ToString(), Trace.Of((trace, done) => Caller(trace, what, done)));
    }

    [Tamed] private static partial void Caller(Trace trace, string what, Event done);

    private static void CallerBody(Trace trace, string what, Event done)
    {
        int length = -1;
        try
        {
            using (twait()) Look(trace, what, mkevent(out length));
            trace.Add(length);
        }
        catch (InvalidOperationException e)
        {
            trace.Add(e.Message);
        }

        trace.Add(s_local.Value ?? "none");
        done.Trigger();
    }

    [Tamed] private static partial void Look(Trace trace, string what, Event<int> done);

    private static void LookBody(Trace trace, string what, Event<int> done)
    {
        int seen = 1;
        s_local.Value = "set";
        trace.Add("start");
        if (what == "throw early") throw new InvalidOperationException("early");
        if (what == "hit")
        {
            done.Trigger(1);
            return;
        }

        what += "!";
        if (what == "miss!" || what.StartsWith("throw", StringComparison.Ordinal))
        {
            seen++;
            trace.Add("waits");
            using (twait()) asap(mkevent());
            trace.Add(s_local.Value);
            if (what == "throw late!") throw new InvalidOperationException("late");
        }
        else if (what.Length > 4)
        {
            for (var i = 0; i < 2; i++) seen += i;
            if (what == "inner!")
            {
                int two;
                using (twait()) timer(TimeSpan.FromMilliseconds(seen), mkevent());
                using (twait()) Give(seen, mkevent(out two));
                what = "in" + two;
            }

            trace.Add("middle");
        }

        trace.Add(what);
        if (what == "throw at the end!") throw new InvalidOperationException("end");
        done.Trigger(what.Length + seen);
    }

    private static async Task<int> LookAsync(Trace trace, string what)
    {
        var seen = 1;
        s_local.Value = "set";
        trace.Add("start");
        if (what == "throw early") throw new InvalidOperationException("early");
        if (what == "hit") return 1;

        what += "!";
        if (what == "miss!" || what.StartsWith("throw", StringComparison.Ordinal))
        {
            seen++;
            trace.Add("waits");
            await Task.Yield();
            trace.Add(s_local.Value);
            if (what == "throw late!") throw new InvalidOperationException("late");
        }
        else if (what.Length > 4)
        {
            for (var i = 0; i < 2; i++) seen += i;
            if (what == "inner!")
            {
                await Task.Delay(seen);
                what = "in" + await Task.FromResult(seen);
            }

            trace.Add("middle");
        }

        trace.Add(what);
        if (what == "throw at the end!") throw new InvalidOperationException("end");
        return what.Length + seen;
    }

    [Tamed] internal static partial void Give(int value, Event<int> done);

    private static void GiveBody(int value, Event<int> done) => done.Trigger(value);

    [Fact]
    public void A_call_that_ends_before_it_waits_allocates_nothing_however_new_its_loop_is()
    {
        Assert.InRange(EventLoop.Run<long>(done => Count("late", done)), 1, long.MaxValue); // a closure, once; and the code is compiled now
        Assert.Equal(0, EventLoop.Run<long>(done => Count("hit", done)));
        Assert.Equal(0, EventLoop.Run<long>(done => Count("", done)));
    }

    private static void Count(string what, Event<long> done)
    {
        var e = Unneeded();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Short(what, e);
        var after = GC.GetAllocatedBytesForCurrentThread();
        done.Trigger(after - before);
    }

    /// <summary>An event that nobody waits for.</summary>
    private static Event<int> Unneeded() => default;

    [Tamed] private static partial void Short(string what, Event<int> done);

    private static void ShortBody(string what, Event<int> done)
    {
        var length = 0;
        foreach (var letter in what) length += letter == 'x' ? 2 : 1;
        if (length == 0) return;
        if (length == 4) using (twait()) asap(mkevent());
        done.Trigger(length);
    }

    [Fact]
    public void What_nobody_can_be_told_is_thrown_to_the_caller_from_either_part()
    {
        Assert.Equal("early", Assert.Throws<InvalidOperationException>(() => Throw(early: true, default)).Message);
        EventLoop.Run(done =>
        {
            Assert.Equal("late", Assert.Throws<InvalidOperationException>(() => Throw(early: false, default)).Message);
            done.Trigger();
        });
    }

    [Tamed] private static partial void Throw(bool early, Event done);

    private static void ThrowBody(bool early, Event done)
    {
        if (early) throw new InvalidOperationException("early");
        if (done.IsPending) return;
        if (early == done.IsPending) throw new InvalidOperationException("late");
        using (twait()) asap(mkevent());
    }

    [Fact]
    public void Without_a_loop_a_call_may_end_but_not_wait()
    {
        Assert.Null(EventLoop.Current);
        Short("hit", default);
        var error = Assert.Throws<InvalidOperationException>(() => Short("late", default));
        Assert.Contains("EventLoop", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_event_that_a_call_drops_on_the_stack_is_lost() =>
        Assert.Contains(nameof(Dropping), Assert.Throws<LostEventException>(() => EventLoop.Run(Dropping, new EventLoopOptions { LostEvents = LostEventDetection.Aggressive })).Message, StringComparison.Ordinal);

    [Tamed] private static partial void Dropping(Event done);

    private static void DroppingBody(Event done)
    {
        using (twait()) Short("", mkevent(out int _));
        done.Trigger();
    }

    [Fact]
    public void The_trace_of_a_failure_on_the_stack_names_the_place_in_the_body()
    {
        var error = Assert.Throws<InvalidOperationException>(() => EventLoop.Run<int>(done => Look(new Trace(), "throw early", done)));
        Assert.Contains($"{nameof(PrologueTests)}.cs:line ", error.StackTrace!.Split('\n')[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("outer")]
    public void What_a_call_sets_does_not_reach_its_caller(string? outside)
    {
        foreach (var what in new[] { "hit", "neither", "miss" })
        {
            Trace.Of((trace, done) =>
            {
                s_local.Value = outside;
                Look(trace, what, default);
                Assert.Equal(outside, s_local.Value);
                asap(done);
            });
        }
    }
}
