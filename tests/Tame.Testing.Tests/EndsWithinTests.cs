using static Tame.Testing.Tests.Calls;

namespace Tame.Testing.Tests;

/// <summary>EndsWithin, for events and for tasks.</summary>
public sealed partial class EndsWithinTests
{
    [Theory]
    [InlineData(3, 3, true)]
    [InlineData(3, 4, true)]
    [InlineData(3, 2.9, false)]
    [InlineData(0, 0, true)]
    [InlineData(1, 0, false)]
    public void A_call_ends_within_a_time_or_fails_there(int needed, double limit, bool ends)
    {
        void Run() => TestLoop.Run(e => Sleep(Seconds(needed), e.EndsWithin(Seconds(limit))));
        if (ends)
            Run();
        else
            Assert.Throws<LoopAssertException>(Run);
    }

    [Fact]
    public void The_failure_says_where_the_assertion_is_and_which_calls_wait()
    {
        var failure = Assert.Throws<LoopAssertException>(() => TestLoop.Run(e => Late(e)));
        string place = Place("inner), e.EndsWithin(Seconds(2))));");
        Assert.StartsWith($"EndsWithin at {place} failed: the operation has not ended within 00:00:02 of virtual time. It is 00:00:03 now.\nEach of these calls is waiting", failure.Message, StringComparison.Ordinal);
        Assert.Contains("\nTame.Testing.Tests.EndsWithinTests.Late at ", failure.Message, StringComparison.Ordinal);
        Assert.Contains("\n    Tame.Testing.Tests.Calls.Sleep at ", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith("or give it more time.", failure.Message, StringComparison.Ordinal);
        Assert.Equal(place, $"{failure.File}:{failure.Line}");
        Assert.Contains(failure.Blocked, call => call.Method == "Tame.Testing.Tests.Calls.Sleep");
        Assert.Contains("EndsWithinTests.Late", failure.StackTrace, StringComparison.Ordinal);
    }

    [Fact]
    public void It_hides_no_loss() => Assert.Throws<LostEventException>(() => TestLoop.Run(e => Lose(e.EndsWithin(Seconds(9)))));

    [Fact]
    public void It_does_not_keep_its_event_from_being_lost() => Assert.Throws<LostEventException>(() => TestLoop.Run(e => Drop(e.EndsWithin(Seconds(9)))));

    [Fact]
    public void A_loss_is_told_before_the_limit_where_timers_lie_behind_it() =>
        Assert.Throws<LostEventException>(() => TestLoop.Run(e =>
        {
            Sleep(Seconds(20), Event.Detached);
            Lose(e.EndsWithin(Seconds(9)));
        }));

    [Fact]
    public void A_wait_that_nothing_can_end_fails_at_the_limit() =>
        Assert.Contains("EndsWithinTests.Hold at", Assert.Throws<LoopAssertException>(() => TestLoop.Run(e => Hold(e))).Message, StringComparison.Ordinal);

    [Fact]
    public void Events_with_values_have_it()
    {
        Assert.Equal("1 2 3 4 5 6 7 8 9 10", TestLoop.Run<string>(e => Values(-1, e)));
        for (int wrong = 0; wrong < 4; wrong++)
            Assert.Throws<LoopAssertException>(() => TestLoop.Run<string>(e => Values(wrong, e)));
    }

    [Fact]
    public void A_task_ends_within_a_time_or_fails_there()
    {
        TestLoop.Run(async () =>
        {
            var loop = EventLoop.Current!;
            Assert.Equal(3, await loop.InvokeAsync<int>(e => Count(3, e)).EndsWithin(Seconds(3)));
            await loop.InvokeAsync(e => Sleep(Seconds(3), e)).EndsWithin(Seconds(3));
            await Task.Delay(Seconds(3), loop.TimeProvider).EndsWithin(Seconds(3));
            await Task.CompletedTask.EndsWithin(TimeSpan.Zero);
            Assert.Equal(Seconds(9), TestLoop.Elapsed);
            var failure = await Assert.ThrowsAsync<LoopAssertException>(() => loop.InvokeAsync(e => Sleep(Seconds(3), e)).EndsWithin(Seconds(2)));
            Assert.Contains("EndsWithinTests.cs:", failure.Message, StringComparison.Ordinal);
            await Assert.ThrowsAsync<LoopAssertException>(() => loop.InvokeAsync<int>(e => Count(3, e)).EndsWithin(Seconds(2)));
            await Assert.ThrowsAsync<LoopAssertException>(() => Task.Delay(Seconds(3), loop.TimeProvider).EndsWithin(Seconds(2)));
            await Assert.ThrowsAsync<FormatException>(() => loop.InvokeAsync(e => Throw(Seconds(1), e)).EndsWithin(Seconds(2)));
            Assert.Equal(Seconds(16), TestLoop.Elapsed);
        });
    }

    [Fact]
    public void A_function_that_waits_for_the_clock_ends_within_a_time() =>
        TestLoop.Run(async () => await EventLoop.Current!.InvokeAsync(async () =>
        {
            for (int i = 0; i < 3; i++)
                await Task.Delay(Seconds(1), EventLoop.Current!.TimeProvider);
        }).EndsWithin(Seconds(3)));

    [Fact]
    public void A_tamed_body_asserts_of_a_task() => TestLoop.Run(e => OfTask(e));

    [Fact]
    public void Real_work_takes_no_virtual_time() =>
        TestLoop.Run(async () => await Task.Run(() => Thread.Sleep(20)).EndsWithin(TimeSpan.Zero));

    [Fact]
    public void What_cannot_be_asserted_is_refused()
    {
        TestLoop.Run(e =>
        {
            Assert.Throws<ArgumentException>(() => Event.Detached.EndsWithin(Seconds(1)));
            Assert.Throws<ArgumentOutOfRangeException>(() => e.EndsWithin(Seconds(-1)));
            Assert.Throws<ArgumentNullException>(() => { _ = ((Task)null!).EndsWithin(Seconds(1)); });
            Assert.Throws<ArgumentNullException>(() => { _ = ((Task<int>)null!).EndsWithin(Seconds(1)); });
            Assert.Equal(default, default(Event).EndsWithin(Seconds(1)));
            e.Trigger();
            Assert.Equal(e, e.EndsWithin(TimeSpan.Zero));
        });
        Assert.Contains("no event loop", Assert.Throws<InvalidOperationException>(() => default(Event).EndsWithin(Seconds(1))).Message, StringComparison.Ordinal);
        EventLoop.Run(e =>
        {
            Assert.Contains("needs a loop in virtual time", Assert.Throws<InvalidOperationException>(() => e.EndsWithin(Seconds(1))).Message, StringComparison.Ordinal);
            e.Trigger();
        });
        TestLoop.Run(e => Elsewhere(e));
    }

    [Tamed] private static partial void Late(Event done);

    private static void LateBody(Event done)
    {
        twait(e => timer(Seconds(1), e));
        twait(e => Through(inner => Sleep(Seconds(5), inner), e.EndsWithin(Seconds(2))));
        done.Trigger();
    }

    [Tamed] private static partial void Through(Action<Event> call, Event done);

    private static void ThroughBody(Action<Event> call, Event done)
    {
        twait(e => call(e));
        done.Trigger();
    }

    [Tamed] private static partial void Hold(Event done);

    private static void HoldBody(Event done)
    {
        var mutex = new SharedMutex();
        twait(e => mutex.Acquire(e));
        twait(e => Lock(mutex, e.EndsWithin(Seconds(5))));
        done.Trigger();
    }

    [Tamed] private static partial void Values(int wrong, Event<string> done);

    private static void ValuesBody(int wrong, Event<string> done)
    {
        TimeSpan Limit(int arity) => Seconds(arity == wrong ? 0.9 : 1);
        int a, b, c, d, f, g, h, i, j, k;
        using (twait())
        {
            After(mkevent(out a).EndsWithin(Limit(0)).Bind(1));
            After(mkevent(out b, out c).EndsWithin(Limit(1)).Bind(2, 3));
            After(mkevent(out d, out f, out g).EndsWithin(Limit(2)).Bind(4, 5, 6));
            After(mkevent(out h, out i, out j, out k).EndsWithin(Limit(3)).Bind(7, 8, 9, 10));
        }
        done.Trigger(string.Join(' ', a, b, c, d, f, g, h, i, j, k));
    }

    private static void After(Event e) => timer(Seconds(1), e);

    [Tamed] private static partial void OfTask(Event done);

    private static void OfTaskBody(Event done)
    {
        var loop = EventLoop.Current!;
        twait(loop.InvokeAsync<int>(e => Count(3, e)).EndsWithin(Seconds(3)), out int three);
        twait(loop.InvokeAsync(e => Sleep(Seconds(3), e)).StillBlockedAfter(Seconds(2)));
        Assert.Equal((3, Seconds(5)), (three, TestLoop.Elapsed));
        done.Trigger();
    }

    [Tamed] private static partial void Elsewhere(Event done);

    private static void ElsewhereBody(Event done)
    {
        Exception? refused = null;
        twait(e => OnOtherLoop(e, error => refused = error));
        Assert.Contains("belongs to another loop", Assert.IsType<InvalidOperationException>(refused).Message, StringComparison.Ordinal);
        done.Trigger();
    }

    private static void OnOtherLoop(Event e, Action<Exception?> take)
    {
        var thread = new Thread(() => EventLoop.Run(
            done =>
            {
                take(Record.Exception(() => e.EndsWithin(Seconds(1))));
                done.Trigger();
            },
            new EventLoopOptions { VirtualTime = true }));
        thread.Start();
        thread.Join();
        e.Trigger();
    }
}
