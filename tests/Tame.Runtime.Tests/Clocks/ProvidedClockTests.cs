using Microsoft.Extensions.Time.Testing;

namespace Tame.Runtime.Tests.Clocks;

/// <summary>A loop that uses the time of a user's provider.</summary>
public sealed class ProvidedClockTests
{
    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);

    [Fact]
    public void Advancing_a_manual_clock_on_another_thread_wakes_the_loop()
    {
        var time = new ManualTime();
        WakesAt(time, time.Advance, () => time.Armed != 0);
    }

    [Fact]
    public void Advancing_a_FakeTimeProvider_on_another_thread_wakes_the_loop()
    {
        var time = new FakeTimeProvider();
        WakesAt(time, time.Advance);
    }

    [Fact]
    public void A_clock_that_jumps_and_says_so_to_no_one_is_looked_at()
    {
        var time = new SilentTime();
        WakesAt(time, time.Advance);
    }

    [Fact]
    public void A_manual_clock_of_nanoseconds_reaches_its_deadline_exactly()
    {
        var time = new ManualTime(frequency: 1_000_000_000);
        WakesAt(time, time.Advance, () => time.Armed != 0);
    }

    [Fact]
    public void A_clock_that_moves_while_the_alarm_is_set_is_not_missed()
    {
        for (int round = 0; round < 200; round++)
        {
            var time = new ManualTime();
            var thread = new Thread(() =>
            {
                for (int step = 0; step < 1000; step++)
                    time.Advance(TimeSpan.FromMilliseconds(1));
            });
            RunToTimer(time, TimeSpan.FromMilliseconds(500), thread);
            thread.Join();
        }
    }

    [Fact]
    public void An_earlier_timer_is_not_kept_waiting_by_a_later_one()
    {
        var time = new ManualTime();
        var order = new List<string>();
        using var loop = new EventLoop(new EventLoopOptions { TimeProvider = time });
        using var hold = loop.HoldTime();
        var driver = new Thread(() =>
        {
            SpinWait.SpinUntil(() => time.Armed != 0);
            loop.Post(() => Call.Blocks(default, c => Primitives.timer(TimeSpan.FromMinutes(1), c.Make(1)), _ => order.Add("minute")));
            loop.Post(() => order.Add("posted"));
            SpinWait.SpinUntil(() => Volatile.Read(ref order) is { Count: 1 });
            for (int minute = 0; minute < 60; minute++)
                time.Advance(TimeSpan.FromMinutes(1));
        });
        Call.Blocks(default, c => Primitives.timer(s_hour, c.Make(1)), _ =>
        {
            order.Add("hour");
            loop.Stop();
        });
        driver.Start();
        loop.Run();
        driver.Join();
        Assert.Equal(["posted", "minute", "hour"], order);
    }

    [Theory]
    [InlineData(long.MinValue)]
    [InlineData(-1)]
    [InlineData(long.MinValue / 2)]
    [InlineData(long.MaxValue - 1)]
    public void Timestamps_may_be_negative_and_may_wrap(long start)
    {
        var manual = new ManualTime(start);
        WakesAt(manual, manual.Advance, () => manual.Armed != 0);
        Loops.OnThread(() => EventLoop.Run(done => Primitives.timer(TimeSpan.FromMilliseconds(20), done), new EventLoopOptions { TimeProvider = new ShiftedTime(start) }));
    }

    [Fact]
    public void A_loop_that_ends_leaves_no_timer_with_the_provider()
    {
        var time = new ManualTime();
        Loops.OnThread(() => EventLoop.Run(
            done =>
            {
                Primitives.timer(s_hour, Event.Detached);
                new Thread(() =>
                {
                    SpinWait.SpinUntil(() => time.Armed != 0);
                    done.Trigger();
                }).Start();
            },
            new EventLoopOptions { TimeProvider = time }));
        Assert.Equal(0, time.Armed);
    }

    [Fact]
    public void A_loop_hands_out_the_provider_it_was_given()
    {
        var time = new ManualTime();
        using var loop = new EventLoop(new EventLoopOptions { TimeProvider = time });
        Assert.Same(time, loop.TimeProvider);
        using var plain = new EventLoop();
        Assert.Same(TimeProvider.System, plain.TimeProvider);
    }

    /// <summary>A timer of an hour fires when the hour is over and not a minute before, whether or not the loop sleeps by then.</summary>
    private static void WakesAt(TimeProvider time, Action<TimeSpan> advance, Func<bool>? isAsleep = null)
    {
        bool almost = false, fired = false;
        var driver = new Thread(() =>
        {
            if (isAsleep is null)
                Thread.Sleep(50);
            else
                SpinWait.SpinUntil(isAsleep);
            advance(s_hour - TimeSpan.FromMinutes(1));
            Thread.Sleep(50);
            almost = Volatile.Read(ref fired);
            advance(TimeSpan.FromMinutes(1));
        });
        RunToTimer(time, s_hour, driver, () => Volatile.Write(ref fired, true));
        driver.Join();
        Assert.Equal((false, true), (almost, fired));
    }

    /// <summary>Runs a loop until its only timer fires. No call waits, so no probe for lost events wakes it.</summary>
    private static void RunToTimer(TimeProvider time, TimeSpan delay, Thread driver, Action? fired = null) => Loops.OnThread(() =>
    {
        using var loop = new EventLoop(new EventLoopOptions { TimeProvider = time });
        var rendezvous = new Rendezvous();
        Call.Start(c => Primitives.timer(delay, c.Make(rendezvous, 1)));
        driver.Start();
        loop.Run();
        Assert.Equal(1, rendezvous.Ready);
        fired?.Invoke();
    });
}
