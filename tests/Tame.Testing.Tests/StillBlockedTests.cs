using static Tame.Testing.Tests.Calls;

namespace Tame.Testing.Tests;

/// <summary>StillBlockedAfter, for events and for tasks.</summary>
public sealed partial class StillBlockedTests
{
    [Theory]
    [InlineData(3, 2.9, true)]
    [InlineData(3, 3, false)]
    [InlineData(1, 0, true)]
    [InlineData(0, 0, false)]
    public void A_call_is_blocked_after_a_time_or_the_test_fails(int needed, double time, bool isBlocked)
    {
        void Run() => TestLoop.Run(e => Sleep(Seconds(needed), e.StillBlockedAfter(Seconds(time))));
        if (isBlocked)
            Run();
        else
            Assert.Throws<LoopAssertException>(Run);
    }

    [Fact]
    public void The_failure_says_where_the_assertion_is_and_when_the_call_ended()
    {
        var failure = Assert.Throws<LoopAssertException>(() => TestLoop.Run(e => Early(e)));
        string place = Place("e.StillBlockedAfter(Seconds(2))));");
        Assert.StartsWith(
            $"StillBlockedAfter at {place} failed: the operation ended after 00:00:01 of virtual time, but should still be blocked after 00:00:02.\n", failure.Message, StringComparison.Ordinal);
        Assert.Contains("\nTame.Testing.Tests.Calls.Tick at ", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith("or shorten the time.", failure.Message, StringComparison.Ordinal);
        Assert.Equal(place, $"{failure.File}:{failure.Line}");
    }

    [Fact]
    public void A_body_that_catches_everything_cannot_hide_it() => Assert.Throws<LoopAssertException>(() => TestLoop.Run(e => Catch(e)));

    [Fact]
    public void A_failure_that_comes_too_early_is_told_beside_it()
    {
        var failure = Assert.Throws<FormatException>(() => TestLoop.Run(e => Throw(Seconds(1), e.StillBlockedAfter(Seconds(2)))));
        Assert.Equal("thrown by the body", failure.Message);
    }

    [Fact]
    public void A_call_that_nothing_ends_is_blocked() => TestLoop.Run(e => Contend(e));

    [Fact]
    public void What_is_cancelled_later_or_by_the_end_of_the_loop_was_blocked()
    {
        TestLoop.Run(e => CancelAt(Seconds(3), e));
        Assert.Throws<LoopAssertException>(() => TestLoop.Run(e => CancelAt(Seconds(1), e)));
        TestLoop.Run(e =>
        {
            Forget();
            e.Trigger();
        });
    }

    [Fact]
    public void Events_with_values_have_it()
    {
        Assert.Equal("1 2 3 4 5 6 7 8 9 10", TestLoop.Run<string>(e => Values(-1, e)));
        for (int wrong = 0; wrong < 4; wrong++)
            Assert.Throws<LoopAssertException>(() => TestLoop.Run<string>(e => Values(wrong, e)));
    }

    [Fact]
    public void A_task_is_under_way_after_a_time_or_the_assertion_fails() =>
        TestLoop.Run(async () =>
        {
            var loop = EventLoop.Current!;
            var call = loop.InvokeAsync<int>(e => Count(3, e));
            await call.StillBlockedAfter(TimeSpan.Zero);
            await call.StillBlockedAfter(Seconds(2));
            await call.EndsWithin(Seconds(1));
            Assert.Equal(Seconds(3), TestLoop.Elapsed);

            var early = await Assert.ThrowsAsync<LoopAssertException>(() => loop.InvokeAsync(e => Sleep(Seconds(1), e)).StillBlockedAfter(Seconds(2)));
            Assert.Contains("ended after 00:00:01 of virtual time, but should still be blocked after 00:00:02.", early.Message, StringComparison.Ordinal);
            Assert.Contains("StillBlockedTests.cs:", early.Message, StringComparison.Ordinal);
            var ended = await Assert.ThrowsAsync<LoopAssertException>(() => call.StillBlockedAfter(Seconds(2)));
            Assert.Contains("ended after 00:00:00 of", ended.Message, StringComparison.Ordinal);
            await Assert.ThrowsAsync<LoopAssertException>(() => Task.Delay(Seconds(1), loop.TimeProvider).StillBlockedAfter(Seconds(1)));
            await Task.Delay(Seconds(1), loop.TimeProvider).StillBlockedAfter(Seconds(0.5));
        });

    [Fact]
    public void What_cannot_be_asserted_is_refused() =>
        TestLoop.Run(e =>
        {
            Assert.Throws<ArgumentException>(() => Event.Ignored.StillBlockedAfter(Seconds(1)));
            Assert.Throws<ArgumentOutOfRangeException>(() => e.StillBlockedAfter(Seconds(-1)));
            Assert.Throws<ArgumentNullException>(() => { _ = ((Task)null!).StillBlockedAfter(Seconds(1)); });
            e.Trigger();
        });

    [Tamed] private static partial void Early(Event done);

    private static void EarlyBody(Event done)
    {
        Tick(Event.Detached);
        twait(e => timer(Seconds(5), e));
        twait(e => timer(Seconds(1), e.StillBlockedAfter(Seconds(2))));
        twait(e => timer(Seconds(5), e));
        done.Trigger();
    }

    [Tamed] private static partial void Catch(Event done);

    private static void CatchBody(Event done)
    {
        try
        {
            twait(e => timer(Seconds(1), e.StillBlockedAfter(Seconds(2))));
            twait(e => timer(Seconds(1), e));
        }
        catch (Exception)
        {
            done.Trigger();
            return;
        }
        done.Trigger();
    }

    [Tamed] private static partial void Contend(Event done);

    private static void ContendBody(Event done)
    {
        var mutex = new SharedMutex();
        twait(e => mutex.Acquire(e));
        using var second = new Rendezvous();
        Lock(mutex, mkevent(second).StillBlockedAfter(Seconds(59.9)).EndsWithin(Seconds(60)));
        twait(e => timer(Seconds(60), e));
        twait(e => asap(e));
        mutex.Release();
        twait(second);
        done.Trigger();
    }

    [Tamed] private static partial void CancelAt(TimeSpan time, Event done);

    private static void CancelAtBody(TimeSpan time, Event done)
    {
        var race = new Rendezvous();
        Sleep(Seconds(9), mkevent(race).StillBlockedAfter(Seconds(2)));
        twait(e => timer(time, e));
        race.Cancel();
        twait(e => timer(Seconds(9), e));
        done.Trigger();
    }

    private static void Forget() => _ = EventLoop.Current!.InvokeAsync(e => Sleep(Seconds(9), e.StillBlockedAfter(Seconds(2))));

    [Tamed] private static partial void Values(int wrong, Event<string> done);

    private static void ValuesBody(int wrong, Event<string> done)
    {
        TimeSpan Time(int arity) => Seconds(arity == wrong ? 1 : 0.9);
        int a, b, c, d, f, g, h, i, j, k;
        using (twait())
        {
            After(mkevent(out a).StillBlockedAfter(Time(0)).Bind(1));
            After(mkevent(out b, out c).StillBlockedAfter(Time(1)).Bind(2, 3));
            After(mkevent(out d, out f, out g).StillBlockedAfter(Time(2)).Bind(4, 5, 6));
            After(mkevent(out h, out i, out j, out k).StillBlockedAfter(Time(3)).Bind(7, 8, 9, 10));
        }
        done.Trigger(string.Join(' ', a, b, c, d, f, g, h, i, j, k));
    }

    private static void After(Event e) => timer(Seconds(1), e);
}
