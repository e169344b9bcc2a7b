using System.Diagnostics;
using static Tame.Testing.Tests.Calls;

namespace Tame.Testing.Tests;

/// <summary>What TestLoop runs, and how a test ends.</summary>
public sealed partial class RunTests
{
    private static readonly AsyncLocal<string> s_local = new();

    [Fact]
    public void Each_form_of_a_body_runs_in_virtual_time()
    {
        var watch = Stopwatch.StartNew();
        Assert.Equal(
            [7, 3600, 3600, 3600, 3600],
            [
                TestLoop.Run<int>(e => Count(7, e)),
                TestLoop.Run<int>(e => Elapsed(done => Sleep(Seconds(3600), done), e)),
                TestLoop.Run(async () => await Delayed()),
                TestLoop.Run<int>(async e => e.Trigger(await Delayed())),
                Value(async () => await Delayed()),
            ]);
        TestLoop.Run(e => Sleep(Seconds(3600), e));
        TestLoop.Run(async e =>
        {
            await Delayed();
            e.Trigger();
        });
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromMinutes(30));
    }

    [Fact]
    public async Task Each_form_of_a_body_runs_for_a_method_that_returns_a_task()
    {
        Assert.Equal(7, await TestLoop.RunAsync<int>(e => Count(7, e)));
        Assert.Equal(3600, await TestLoop.RunAsync(async () => await Delayed()));
        Assert.Equal(3600, await TestLoop.RunAsync<int>(async e => e.Trigger(await Delayed())));
        bool ran = false;
        await TestLoop.RunAsync(e => Sleep(Seconds(3600), e));
        await TestLoop.RunAsync(async e =>
        {
            await Delayed();
            e.Trigger();
        });
        await TestLoop.RunAsync(async () =>
        {
            await Delayed();
            ran = true;
        });
        Assert.True(ran);
    }

    [Fact]
    public void Values_of_the_caller_flow_to_the_body_on_its_own_thread()
    {
        s_local.Value = "caller";
        int thread = Environment.CurrentManagedThreadId;
        TestLoop.Run(e =>
        {
            Assert.Equal("caller", s_local.Value);
            Assert.NotEqual(thread, Environment.CurrentManagedThreadId);
            e.Trigger();
        });
    }

    [Fact]
    public void What_the_body_throws_arrives_as_itself_with_its_stack()
    {
        var thrown = Assert.Throws<FormatException>(() => TestLoop.Run(e => Throw(Seconds(1), e)));
        Assert.Equal("thrown by the body", thrown.Message);
        Assert.Contains("Calls.cs:line", thrown.StackTrace, StringComparison.Ordinal);
        Assert.Contains("Throw", thrown.StackTrace, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_body_throws_before_its_first_wait_arrives_as_itself()
    {
        var error = new FormatException();
        Assert.Same(error, Assert.Throws<FormatException>(() => TestLoop.Run((Action<Event>)(_ => throw error))));
    }

    [Fact]
    public async Task What_an_asynchronous_body_throws_arrives_as_itself()
    {
        var error = new FormatException();
        Assert.Same(error, await Assert.ThrowsAsync<FormatException>(() => TestLoop.RunAsync(async () =>
        {
            await Delayed();
            throw error;
        })));
        var cancelled = new OperationCanceledException();
        var test = TestLoop.RunAsync(async () =>
        {
            await Delayed();
            throw cancelled;
        });
        Assert.Same(cancelled, await Assert.ThrowsAsync<OperationCanceledException>(() => test));
    }

    [Fact]
    public void The_failure_of_a_detached_call_fails_the_test()
    {
        Assert.Throws<FormatException>(() => TestLoop.Run(e =>
        {
            Throw(Seconds(1), Event.Detached);
            Sleep(Seconds(2), e);
        }));
    }

    [Fact]
    public void The_failure_of_a_detached_call_fails_the_test_also_as_the_body_ends() =>
        Assert.Throws<FormatException>(() => TestLoop.Run(e =>
        {
            FailLater(Event.Detached);
            e.Trigger();
        }));

    [Fact]
    public void A_call_that_does_not_end_when_it_is_cancelled_fails_the_test()
    {
        var failure = Assert.Throws<TimeoutException>(() => TestLoop.Run(e =>
        {
            HoldOn(Event.Detached);
            e.Trigger();
        }));
        Assert.Contains("RunTests.HoldOn", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_call_throws_when_it_is_cancelled_fails_the_test() =>
        Assert.Throws<FormatException>(() => TestLoop.Run(e =>
        {
            ThrowAtEnd(Event.Detached);
            e.Trigger();
        }));

    [Fact]
    public void A_call_that_is_cancelled_at_the_end_does_not_fail_the_test() =>
        TestLoop.Run(e =>
        {
            Tick(Event.Detached);
            Sleep(Seconds(10), e);
        });

    [Fact]
    public void A_body_that_nothing_can_end_gets_the_tree_of_its_calls()
    {
        var failure = Assert.Throws<DeadlockException>(() => TestLoop.Run(e => Hold(e)));
        Assert.Contains("RunTests.Hold at ", failure.Message, StringComparison.Ordinal);
        Assert.Contains("\n  Tame.Testing.Tests.Calls.Lock at ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_loop_keeps_the_options_that_it_is_given()
    {
        TestLoop.Run(e =>
        {
            Assert.Equal("mine", EventLoop.Current!.Name);
            e.Trigger();
        }, new TestLoopOptions { Loop = new EventLoopOptions { Name = "mine" } });
    }

    [Fact]
    public void A_test_inside_a_test_is_refused()
    {
        var refused = Assert.Throws<InvalidOperationException>(() => TestLoop.Run(e => TestLoop.Run(inner => inner.Trigger())));
        Assert.StartsWith("TestLoop cannot start a test here: the event loop 'loop ", refused.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => TestLoop.Run(async () => await TestLoop.RunAsync(inner => inner.Trigger())));
        Assert.Throws<InvalidOperationException>(() => EventLoop.Run(_ => TestLoop.Run(inner => inner.Trigger())));
    }

    [Fact]
    public void The_time_of_a_test_is_asked_for_inside_it()
    {
        Assert.Contains("TestLoop.Run", Assert.Throws<InvalidOperationException>(() => TestLoop.Elapsed).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => LoopAssert.NothingLeft());
    }

    [Fact]
    public void A_body_of_nothing_is_refused()
    {
        Assert.Throws<ArgumentNullException>(() => TestLoop.Run((Action<Event>)null!));
        Assert.Throws<ArgumentNullException>(() => TestLoop.Run((Func<Task>)null!));
        Assert.Throws<InvalidOperationException>(() => TestLoop.Run(() => (Task)null!));
    }

    [Fact]
    public void Tests_run_at_the_same_time()
    {
        const int Tests = 8;
        using var together = new Barrier(Tests);
        var taken = new TimeSpan[Tests];
        var threads = Enumerable.Range(0, Tests).Select(i => new Thread(() => TestLoop.Run(e =>
        {
            together.SignalAndWait();
            Note(i + 1, time => taken[i] = time, e);
        }))).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Assert.Equal(Enumerable.Range(1, Tests).Select(i => Seconds(i)), taken);
    }

    private static T Value<T>(Func<Task<T>> body) => TestLoop.Run(body);

    private static async Task<int> Delayed()
    {
        await Task.Delay(Seconds(3600), EventLoop.Current!.TimeProvider);
        return (int)TestLoop.Elapsed.TotalSeconds;
    }

    [Tamed] private static partial void Elapsed(Action<Event> call, Event<int> seconds);

    private static void ElapsedBody(Action<Event> call, Event<int> seconds)
    {
        twait(e => call(e));
        seconds.Trigger((int)TestLoop.Elapsed.TotalSeconds);
    }

    [Tamed] private static partial void Note(int seconds, Action<TimeSpan> take, Event done);

    private static void NoteBody(int seconds, Action<TimeSpan> take, Event done)
    {
        twait(e => Sleep(Seconds(seconds), e));
        take(TestLoop.Elapsed);
        done.Trigger();
    }

    [Tamed] private static partial void FailLater(Event done);

    private static void FailLaterBody(Event done)
    {
        for (int i = 0; i < 3; i++)
            twait(e => asap(e));
        throw new FormatException();
    }

    [Tamed] private static partial void HoldOn(Event done);

    private static void HoldOnBody(Event done)
    {
        while (!done.Equals(default))
        {
            try
            {
                twait(e => Sleep(Seconds(1), e));
            }
            catch (OperationCanceledException)
            {
            }
        }
        done.Trigger();
    }

    [Tamed] private static partial void ThrowAtEnd(Event done);

    private static void ThrowAtEndBody(Event done)
    {
        try
        {
            twait(e => Sleep(Seconds(1), e));
        }
        catch (OperationCanceledException)
        {
            throw new FormatException();
        }
        done.Trigger();
    }

    [Tamed] private static partial void Hold(Event done);

    private static void HoldBody(Event done)
    {
        var mutex = new SharedMutex();
        twait(e => mutex.Acquire(e));
        twait(e => Lock(mutex, e));
        done.Trigger();
    }
}
