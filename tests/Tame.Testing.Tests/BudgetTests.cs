using Microsoft.Extensions.Time.Testing;
using static Tame.Testing.Tests.Calls;

namespace Tame.Testing.Tests;

/// <summary>A test that takes too long fails, and shows where it is.</summary>
public sealed partial class BudgetTests
{
    private static readonly TimeSpan s_short = TimeSpan.FromMilliseconds(100);

    private static TestLoopOptions RealTime => new() { RealTimeBudget = s_short, Loop = new EventLoopOptions { ExitTimeout = s_short } };

    [Fact]
    public void A_body_that_exceeds_its_virtual_time_fails_with_the_tree_of_its_calls()
    {
        var options = new TestLoopOptions { VirtualTimeBudget = Seconds(60) };
        var failure = Assert.Throws<LoopAssertException>(() =>
            TestLoop.Run(e => Tick(e), options)); // virtual
        string place = Place("options)); // virtual");
        Assert.StartsWith($"The test at {place} did not end: it exceeded its virtual-time budget of 00:01:00.\n", failure.Message, StringComparison.Ordinal);
        Assert.Contains("\nTame.Testing.Tests.Calls.Tick at ", failure.Message, StringComparison.Ordinal);
        Assert.Contains("\n  Tame.Testing.Tests.Calls.Sleep at ", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith("raise TestLoopOptions.VirtualTimeBudget.", failure.Message, StringComparison.Ordinal);
        Assert.Equal(place, $"{failure.File}:{failure.Line}");
        Assert.Equal(["Tame.Testing.Tests.Calls.Sleep", "Tame.Testing.Tests.Calls.Tick"], failure.Blocked.Select(call => call.Method));
    }

    [Theory]
    [InlineData(60, 60, true)]
    [InlineData(60, 61, false)]
    [InlineData(0, 0, true)]
    [InlineData(0, 1, false)]
    public void What_happens_at_the_end_of_the_budget_is_in_it(int budget, int needed, bool ends)
    {
        void Run() => TestLoop.Run(e => Sleep(Seconds(needed), e), new TestLoopOptions { VirtualTimeBudget = Seconds(budget) });
        if (ends)
            Run();
        else
            Assert.Contains($"virtual-time budget of {Seconds(budget)}", Assert.Throws<LoopAssertException>(Run).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_budget_hides_no_deadlock_and_no_loss()
    {
        var options = new TestLoopOptions { VirtualTimeBudget = Seconds(1) };
        Assert.Throws<DeadlockException>(() => TestLoop.Run(e => GC.KeepAlive(s_kept = e), options));
        s_kept = default;
        Assert.Throws<LostEventException>(() => TestLoop.Run(e => Lose(e), options));
    }

    private static Event s_kept;

    [Fact]
    public void Without_a_virtual_limit_years_may_pass() =>
        TestLoop.Run(e => Sleep(TimeSpan.FromDays(49), e), new TestLoopOptions { VirtualTimeBudget = Timeout.InfiniteTimeSpan });

    [Fact]
    public void A_body_that_waits_for_real_work_too_long_fails_with_the_tree_and_why_time_stands_still()
    {
        var failure = Assert.Throws<LoopAssertException>(() =>
            TestLoop.Run(e => WaitFor(new TaskCompletionSource().Task, e), RealTime)); // real
        string place = Place("RealTime)); // real");
        Assert.StartsWith(
            $"The test at {place} did not end: it exceeded its real-time budget of 00:00:00.1000000. Virtual time is at 00:00:02. It stands still: 1 task from outside the loop may be real work. If it only waits for time, give it the TimeProvider of the loop.\n",
            failure.Message,
            StringComparison.Ordinal);
        Assert.Contains("\nTame.Testing.Tests.BudgetTests.WaitFor at ", failure.Message, StringComparison.Ordinal);
        Assert.Equal(["Tame.Testing.Tests.BudgetTests.WaitFor"], failure.Blocked.Select(call => call.Method));
    }

    [Fact]
    public async Task A_body_that_holds_time_too_long_fails()
    {
        var failure = await Assert.ThrowsAsync<LoopAssertException>(() => TestLoop.RunAsync(
            e =>
            {
                EventLoop.Current!.HoldTime();
                Sleep(Seconds(1), e);
            },
            RealTime));
        Assert.Contains("It stands still: EventLoop.HoldTime is held once.\n", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Tame.Testing.Tests.Calls.Sleep at ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_body_that_runs_on_and_on_through_the_loop_fails() =>
        Assert.Contains("BudgetTests.Spin at ", Assert.Throws<LoopAssertException>(() => TestLoop.Run(e => Spin(e), RealTime)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_handler_that_takes_all_failures_does_not_keep_a_loop_alive()
    {
        EventLoop? loop = null;
        Assert.Throws<LoopAssertException>(() => TestLoop.Run(
            e =>
            {
                loop = EventLoop.Current!;
                loop.UnhandledException += (_, failure) => failure.Handled = true;
                WaitFor(new TaskCompletionSource().Task, e);
            },
            RealTime));
        Assert.Throws<ObjectDisposedException>(() => loop!.Post(() => { }));
    }

    [Fact]
    public void A_body_that_blocks_its_thread_is_left_behind()
    {
        using var gate = new ManualResetEventSlim();
        var failure = Assert.Throws<LoopAssertException>(() => TestLoop.Run(_ => gate.Wait(Seconds(60)), RealTime));
        gate.Set();
        Assert.Contains("its thread does not return to the loop", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Thread.Sleep, a lock or Task.Wait", failure.Message, StringComparison.Ordinal);
        Assert.Empty(failure.Blocked);
    }

    [Fact]
    public void A_call_that_blocks_the_thread_while_it_cleans_up_is_left_behind_with_the_tree()
    {
        using var gate = new ManualResetEventSlim();
        var failure = Assert.Throws<LoopAssertException>(() => TestLoop.Run(e => BlockAtEnd(gate, e), RealTime));
        gate.Set();
        Assert.Contains("BudgetTests.BlockAtEnd at ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Budgets_that_make_no_sense_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new TestLoopOptions { VirtualTimeBudget = Seconds(-1) });
        Assert.Throws<ArgumentOutOfRangeException>(() => new TestLoopOptions { RealTimeBudget = TimeSpan.Zero });
        Assert.Throws<ArgumentOutOfRangeException>(() => new TestLoopOptions { RealTimeBudget = TimeSpan.FromDays(2) });
        TestLoop.Run(e => e.Trigger(), new TestLoopOptions { RealTimeBudget = Timeout.InfiniteTimeSpan });
    }

    [Fact]
    public void A_test_moves_a_clock_of_its_own()
    {
        var clock = new FakeTimeProvider();
        var options = new TestLoopOptions { Loop = new EventLoopOptions { TimeProvider = clock } };
        Assert.Equal(10, TestLoop.Run<int>(e =>
        {
            Count(10, e);
            clock.Advance(Seconds(10));
            Assert.Equal(Seconds(10), TestLoop.Elapsed);
        }, options));
        var failure = Assert.Throws<LoopAssertException>(() => TestLoop.Run<int>(e => Count(10, e), new TestLoopOptions { Loop = options.Loop, RealTimeBudget = s_short }));
        Assert.Contains("Calls.Sleep at", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Virtual time", failure.Message, StringComparison.Ordinal);
    }

    [Tamed] private static partial void WaitFor(Task task, Event done);

    private static void WaitForBody(Task task, Event done)
    {
        twait(e => timer(Seconds(2), e));
        twait(task);
        done.Trigger();
    }

    [Tamed] private static partial void Spin(Event done);

    private static void SpinBody(Event done)
    {
        while (!done.Equals(default))
            twait(e => asap(e));
        done.Trigger();
    }

    [Tamed] private static partial void BlockAtEnd(ManualResetEventSlim gate, Event done);

    private static void BlockAtEndBody(ManualResetEventSlim gate, Event done)
    {
        try
        {
            twait(e => WaitFor(new TaskCompletionSource().Task, e));
        }
        finally
        {
            Block(gate);
        }
        done.Trigger();
    }

    private static void Block(ManualResetEventSlim gate) => gate.Wait(Seconds(60));
}
