using System.Diagnostics;

namespace Tame.Runtime.Tests.Failures;

/// <summary>Failures of calls that nothing waits for: the detached event reports them, the ignored one drops them.</summary>
public sealed class DetachedTests
{
    [Fact]
    public void A_failure_of_a_detached_call_ends_the_run_with_it()
    {
        var thrown = Assert.Throws<InvalidOperationException>(() => Loops.Run(_ => Later(Event.Detached, () => throw Failing.Error("detached")), lifelines: 1));
        Assert.Equal("detached", thrown.Message);
        Assert.Contains("Tests.Call", Assert.Throws<TimeoutException>(() => Loops.Run(_ => Call.Blocks(Event.Detached, c =>
            Primitives.timer(Timeout.InfiniteTimeSpan, c.Make(1).WithTimeout(TimeSpan.Zero))), lifelines: 1)).StackTrace, StringComparison.Ordinal);
    }

    [Fact]
    public void So_does_one_before_its_first_wait_and_one_by_hand_beside_the_failure_of_main()
    {
        var thrown = Assert.Throws<InvalidOperationException>(() => Loops.Run(done =>
        {
            Call.Start(_ => throw Failing.Error("detached"), Event.Detached);
            Assert.True(Event<int>.Detached.Fail(Failing.Error("by hand")));
            done.Fail(Failing.Error("main"));
        }));
        Assert.Equal(["main", "detached", "by hand"], thrown.Messages());
    }

    [Fact]
    public void And_one_beside_what_main_throws()
    {
        var thrown = Assert.Throws<InvalidOperationException>(() => EventLoop.Run(_ =>
        {
            Event.Detached.Fail(Failing.Error("detached"));
            throw Failing.Error("main");
        }));
        Assert.Equal(["main", "detached"], thrown.Messages());
    }

    [Fact]
    public void A_handler_runs_from_the_ready_queue_and_may_let_the_loop_go_on()
    {
        using var loop = new EventLoop(Loops.Virtual);
        var log = new List<string>();
        loop.UnhandledException += (_, unhandled) =>
        {
            log.Add(unhandled.Exception.Message);
            unhandled.Handled = true;
        };
        loop.Post(() =>
        {
            Event.Detached.Fail(Failing.Error("first"));
            log.Add("after Fail");
            EventLoop.Current!.Post(() => log.Add("posted after Fail"));
            Event<int, int>.Detached.Fail(Failing.Error("second"));
        });
        loop.Run();
        Assert.Equal(["after Fail", "first", "posted after Fail", "second"], log);
    }

    [Fact]
    public void The_failures_that_come_with_one_are_reported_with_it()
    {
        var thrown = Assert.Throws<InvalidOperationException>(() => Loops.Run(_ => Call.Blocks(Event.Detached, c =>
        {
            c.Make(1).Fail(Failing.Error("first"));
            c.Make(1).Fail(Failing.Error("second"));
        }), lifelines: 1));
        Assert.Equal(["first", "second"], thrown.Messages());
    }

    [Fact]
    public void Sums_and_maps_over_the_detached_event_report_too()
    {
        var thrown = Assert.Throws<InvalidOperationException>(() => Loops.Run(done =>
        {
            (done + Event.Detached).Fail(Failing.Error("sum"));
            Event<int>.Detached.Map<int, int>(_ => throw Failing.Error("map")).Trigger(1);
            Event<int>.Detached.Bind(1).Fail(Failing.Error("bound"));
        }));
        Assert.Equal(["sum", "map", "bound"], thrown.Messages());
    }

    [Fact]
    public void A_task_without_a_waiter_reports_to_the_loop_that_waited_for_it()
    {
        AssertEndsRun(() => Later().Trigger(Event.Detached));
        AssertEndsRun(() => LaterResult().Trigger(Event<int>.Detached));
        AssertEndsRun(() => Event.Detached.Start(_ => Later()));
        AssertEndsRun(() => Event<int>.Detached.Start(_ => throw new ArithmeticException()));

        static void AssertEndsRun(Action start)
        {
            var kept = new Event[1];
            Assert.Throws<ArithmeticException>(() => EventLoop.Run(done =>
            {
                kept[0] = done;
                start();
            }));
            GC.KeepAlive(kept);
        }

        static Task Later() => Task.Run(async () =>
        {
            await Task.Delay(1);
            throw new ArithmeticException();
        });
        static async Task<int> LaterResult()
        {
            await Later().ConfigureAwait(false);
            return 0;
        }
    }

    [Fact]
    public void A_task_that_fails_after_its_loop_has_ended_is_logged()
    {
        using var traced = new Traced();
        string own = Guid.NewGuid().ToString();
        var late = new TaskCompletionSource();
        Loops.Run(done =>
        {
            late.Task.Trigger(Event.Detached);
            done.Trigger();
        });
        late.SetException(new InvalidOperationException(own));
        Assert.True(SpinWait.SpinUntil(() => traced.Told.Any(text => text.StartsWith("UnhandledAtExit", StringComparison.Ordinal) && text.Contains(own, StringComparison.Ordinal)), Loops.Hang));
    }

    [Fact]
    public void What_the_loop_cancels_when_it_ends_is_no_failure_and_everything_else_is()
    {
        var unhandled = new List<Exception>();
        var log = new List<string>();
        EventLoop.Run(
            done =>
            {
                EventLoop.Current!.UnhandledException += (_, told) => unhandled.Add(told.Exception);
                Wait(c => c.EndBlockOrThrow());
                Wait(_ => throw Failing.Error("clean-up"));
                done.Trigger();
            },
            new EventLoopOptions());
        Assert.Equal(["resumed", "resumed"], log);
        Assert.Equal(["clean-up"], unhandled.Select(error => error.Message));

        void Wait(Action<Call> resumed) => Call.Start(
            c =>
            {
                if (c.State == 0)
                {
                    c.EnterBlock();
                    Primitives.timer(TimeSpan.FromDays(1), c.Make(1));
                    Assert.False(c.BlockDone(1));
                    return;
                }
                log.Add("resumed");
                resumed(c);
            },
            Event.Detached);
    }

    [Fact]
    public void An_OperationCanceledException_before_the_end_is_a_failure_as_any_other() =>
        Assert.Throws<OperationCanceledException>(() => Loops.Run(_ => Later(Event.Detached, () => throw new OperationCanceledException()), lifelines: 1));

    [Fact]
    public void A_failure_that_comes_too_late_for_a_run_still_reaches_the_handler()
    {
        var told = new List<string>();
        var loop = new EventLoop();
        loop.UnhandledException += (_, unhandled) => told.Add(unhandled.Exception.Message);
        Event.Detached.Fail(Failing.Error("late"));
        Assert.Empty(told);
        loop.Dispose();
        Assert.Equal(["late"], told);
    }

    [Fact]
    public void Without_a_loop_a_failure_is_thrown_on_the_thread_pool()
    {
        const string Role = "detached without a loop", Message = "nothing waits for this";
        if (Child.Role is null)
        {
            var (exitCode, output) = Child.Run(typeof(DetachedTests), Role, first: "exec 2>&1");
            Assert.NotEqual(0, exitCode);
            Assert.Contains(Message, output, StringComparison.Ordinal);
            Assert.DoesNotContain("The process goes on.", output, StringComparison.Ordinal);
            return;
        }
        if (Child.Role != Role)
            return;
        var thread = new Thread(() => Event.Detached.Fail(new InvalidOperationException(Message)));
        thread.Start();
        thread.Join();
        Thread.Sleep(Loops.Hang);
        Console.WriteLine("The process goes on.");
    }

    [Fact]
    public void The_ignored_event_drops_failures_and_the_event_source_tells_of_them()
    {
        using var traced = new Traced();
        string own = Guid.NewGuid().ToString();
        Loops.Run(done =>
        {
            Later(Event.Ignored, () => throw new InvalidOperationException("call " + own));
            Assert.True(Event<int>.Ignored.Fail(new InvalidOperationException("by hand " + own)));
            Task.FromException(new InvalidOperationException("task " + own)).Trigger(Event.Ignored);
            Primitives.timer(TimeSpan.FromSeconds(1), done);
        });
        Loops.OnThread(() => Event.Ignored.Fail(new InvalidOperationException("elsewhere " + own)));
        var told = traced.Told.Where(text => text.Contains(own, StringComparison.Ordinal)).Select(text => text.Split('\n')[0]);
        Assert.Equal(
            new[] { "by hand ", "task ", "call ", "elsewhere " }.Select(kind => $"IgnoredFailure: System.InvalidOperationException: {kind}{own}"),
            told.Select(line => line.TrimEnd()));
    }

    [Fact]
    public void Both_take_everything_in_every_arity_and_never_complete()
    {
        Assert.NotEqual(Event.Detached, Event.Ignored);
        Assert.Equal(Event.Detached, Event.Detached);
        Assert.True(Event.Ignored.Trigger() && Event.Ignored.IsPending);
        foreach (var e in new[] { Event<int>.Detached, Event<int>.Ignored })
            Assert.True(e.Trigger(1) && e.Unblock() && e.IsPending && !e.Token.CanBeCanceled);
        foreach (var e in new[] { Event<int, int>.Detached, Event<int, int>.Ignored })
            Assert.True(e.Trigger(1, 2) && e.Unblock() && e.IsPending && !e.Token.CanBeCanceled);
        foreach (var e in new[] { Event<int, int, int>.Detached, Event<int, int, int>.Ignored })
            Assert.True(e.Trigger(1, 2, 3) && e.Unblock() && e.IsPending && !e.Token.CanBeCanceled);
        foreach (var e in new[] { Event<int, int, int, int>.Detached, Event<int, int, int, int>.Ignored })
            Assert.True(e.Trigger(1, 2, 3, 4) && e.Unblock() && e.IsPending && !e.Token.CanBeCanceled);
        Assert.Equal(Event.Ignored, Event<int, int, int>.Ignored.Unblocker);
        Assert.Equal(Event.Detached, Event<int, int, int, int>.Detached.Unblocker);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Failures_of_events_with_several_values_are_reported(int arity)
    {
        Assert.Throws<UnreachableException>(() => Loops.Run(_ => Assert.True(arity switch
        {
            2 => Event<int, int>.Detached.Fail(new UnreachableException()),
            3 => Event<int, int, int>.Detached.Fail(new UnreachableException()),
            _ => Event<int, int, int, int>.Detached.Fail(new UnreachableException()),
        }), lifelines: 1));
    }

    /// <summary>A call that waits once, and then does something.</summary>
    private static void Later(Event done, Action then) => Call.Blocks(done, c => Primitives.asap(c.Make(1)), _ => then());
}
