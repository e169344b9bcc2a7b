#pragma warning disable xUnit1051 // Calls without a token are what is tested.
using System.Diagnostics;
using Tame.Runtime.Tests.Clocks;
using Tame.Runtime.Tests.Guests;

namespace Tame.Runtime.Tests.Running;

/// <summary>Long timers under a real clock: they are set without a deadline, and get it a little later. See decision 0054.</summary>
public sealed class LongTimerTests
{
    private static readonly TimeSpan s_long = TimeSpan.FromMilliseconds(250), s_hour = TimeSpan.FromHours(1);

    [Fact]
    public void None_fires_early_whenever_it_is_set()
    {
        const int Timers = 4_000;
        var random = new Random(54);
        int undated = 0, early = 0, fired = 0;
        Run(main => Call.Start(
            c =>
            {
                // Some in each pass; some passes are long, so that the clock moves.
                if (c.State > 0 && !c.EndBlock())
                    return;
                while (c.A < Timers)
                {
                    for (int end = c.A + random.Next(1, 20); c.A < end; c.A++)
                    {
                        var delay = TimeSpan.FromTicks(random.NextInt64(2_400_000, 2_700_000));
                        long start = Stopwatch.GetTimestamp();
                        Call.Blocks(default, d => Primitives.timer(delay, d.Make(1)), _ =>
                        {
                            early += Stopwatch.GetElapsedTime(start) < delay ? 1 : 0;
                            fired++;
                        });
                    }
                    undated += EventLoop.Current!.Timers.HasUndated ? 1 : 0;
                    if (random.Next(40) == 0)
                        WaitForTick();
                    c.EnterBlock();
                    Primitives.asap(c.Make(1));
                    if (!c.BlockDone(1) || !c.EndBlock())
                        return;
                }
                Call.Blocks(c.Done, d => Primitives.timer(TimeSpan.FromMilliseconds(600), d.Make(1)));
            },
            main));
        Assert.Equal((0, true), (early, fired >= Timers));
        Assert.NotEqual(0, undated);
    }

    [Fact]
    public void Equal_times_are_over_in_the_order_of_setting()
    {
        const int Timers = 3_000;
        var log = new List<int>();
        var ways = new HashSet<bool>();
        Run(main => Call.Start(
            c =>
            {
                if (c.State > 0 && !c.EndBlock())
                    return;
                while (c.A < Timers)
                {
                    int name = c.A++;
                    ways.Add(EventLoop.Current!.Timers.TakesUndated);
                    Call.Blocks(default, d => Primitives.timer(s_long, d.Make(1)), _ => log.Add(name));
                    if (name % 100 == 0)
                        WaitForTick();
                    c.EnterBlock();
                    Primitives.asap(c.Make(1));
                    if (!c.BlockDone(1) || !c.EndBlock())
                        return;
                }
                Call.Blocks(c.Done, d => Primitives.timer(s_long, d.Make(1)));
            },
            main));
        Assert.Equal(Enumerable.Range(0, Timers), log);
        Assert.Equal(2, ways.Count);
    }

    [Fact]
    public void What_leaves_before_its_time_is_never_dated_and_gives_all_back()
    {
        RunQuick(c =>
        {
            var timers = EventLoop.Current!.Timers;
            int before = timers.Count;
            var r = new Rendezvous();
            Event triggered = c.Make(r, 1), cancelled = c.Make(r, 2), limited = c.Make(r, 3);
            Primitives.timer(s_hour, triggered);
            Primitives.timer(s_hour, cancelled.WithTimeout(s_hour * 2));
            limited.WithTimeout(s_hour).WithTimeout(s_hour);
            Assert.Equal((before + 5, true), (timers.Count, timers.HasUndated));
            Assert.True(triggered.Trigger() && limited.Trigger());
            Assert.Equal(before + 2, timers.Count);
            r.Cancel();
            Assert.Equal((before, false), (timers.Count, timers.HasUndated));
            Assert.False(cancelled.Trigger() || limited.Trigger());
        });
    }

    [Fact]
    public void Of_very_many_at_once_those_that_stay_fire_in_the_order_of_their_times()
    {
        const int Timers = 50_000;
        var fired = new List<TimeSpan>();
        RunQuick(c =>
        {
            var r = new Rendezvous();
            var events = new Event[Timers];
            for (int i = 0; i < Timers; i++)
            {
                var delay = s_long + TimeSpan.FromTicks(i * 7919L % 500_000);
                if (i % 2 == 0)
                    Call.Blocks(c.Make(1), d => Primitives.timer(delay, d.Make(1)), _ => fired.Add(delay));
                else
                    Primitives.timer(delay, events[i] = c.Make(r, 1));
            }
            foreach (var e in events)
                e.Trigger();
            Assert.Equal((Timers / 2 + 1, true), (EventLoop.Current!.Timers.Count, EventLoop.Current.Timers.HasUndated));
            r.Cancel();
        });
        Assert.Equal(Timers / 2, fired.Count);
        Assert.Equal(fired.Order(), fired);
    }

    [Fact]
    public void A_loop_that_has_nothing_else_to_do_sleeps_until_it_is_over()
    {
        bool isOver = false;
        RunQuick(c => Primitives.timer(s_long, c.Make(1)), _ => isOver = true);
        Assert.True(isOver);
    }

    [Fact]
    public void It_has_its_deadline_a_few_passes_after_the_clock_has_moved()
    {
        int passes = 0;
        RunQuick(
            c =>
            {
                var timers = EventLoop.Current!.Timers;
                var r = new Rendezvous();
                c.Held = r;
                Primitives.timer(s_hour, c.Make(r, 1));
                Assert.True(timers.HasUndated);
                WaitForTick();
                Call.Start(
                    d =>
                    {
                        if (d.State > 0 && !d.EndBlock())
                            return;
                        while (timers.HasUndated && passes < 100)
                        {
                            passes++;
                            d.EnterBlock();
                            Primitives.asap(d.Make(1));
                            if (!d.BlockDone(1) || !d.EndBlock())
                                return;
                        }
                        d.Done.Trigger();
                    },
                    c.Make(2));
            },
            c =>
            {
                Assert.False(EventLoop.Current!.Timers.TakesUndated);
                ((Rendezvous)c.Held!).Cancel();
            });
        Assert.InRange(passes, 1, EventLoop.PassesPerPoll + 1);
    }

    [Fact]
    public void The_end_of_a_run_and_of_a_loop_find_none_without_a_deadline()
    {
        using var loop = new EventLoop();
        Event e = default;
        bool hadUndated = false, isOver = false;
        Call.Blocks(
            default,
            c => Quick(c.Make(1), d =>
            {
                Call.Blocks(default, x => Primitives.timer(s_long, e = x.Make(1)), _ => isOver = true);
                Call.Blocks(default, x => x.Held = x.Make(1).WithTimeout(s_hour));
                hadUndated = loop.Timers.HasUndated;
                loop.Stop();
            }));
        loop.Run();
        Assert.Equal((true, false, true), (hadUndated, loop.Timers.HasUndated, e.IsPending));
        Primitives.timer(s_hour, e);
        Assert.False(loop.Timers.HasUndated);
        var end = Stopwatch.StartNew();
        while (!isOver && end.Elapsed < Loops.Hang)
            loop.RunOnce();
        Assert.True(isOver);
        loop.Dispose();
        Loops.AssertBalance(loop);
    }

    /// <summary>The call that is cancelled holds a handle, whose lifeline has two events: a finalizer gives it back.</summary>
    [Fact]
    public void A_loop_that_ends_at_once_ends_them_with_their_calls()
    {
        Run(
            main => Quick(main, c =>
            {
                Call.Blocks(default, d => Primitives.timer(s_hour, d.Make(1)));
                Call.Blocks(default, d => d.Held = d.Make(1).WithTimeout(s_hour, d.Make(CompilerServices.Slot<bool>.Discard, 2)));
                Assert.True(EventLoop.Current!.Timers.HasUndated);
            }),
            lifelines: 1);
    }

    [Fact]
    public void A_time_limit_ends_a_wait_and_can_tell_so()
    {
        Assert.Throws<TimeoutException>(() => RunQuick(c => c.Held = c.Make(1).WithTimeout(s_long)));
        RunQuick(
            c =>
            {
                c.InTime = true;
                c.Held = c.Make(1).WithTimeout(s_long, c.Make(c.Slot(ref c.InTime), 2));
            },
            c => Assert.False(c.InTime),
            c => c.Make(1).WithTimeout(s_hour, c.Make(c.Slot(ref c.InTime), 2)).Trigger(),
            c => Assert.True(c.InTime));
    }

    [Fact]
    public void An_event_that_only_a_timer_holds_is_not_lost()
    {
        RunQuick(c =>
        {
            Primitives.timer(s_long, c.Make(1));
            for (int i = 0; i < 3; i++)
                Collector.Run();
            Assert.True(EventLoop.Current!.Timers.HasUndated);
        });
    }

    [Fact]
    public async Task A_guest_s_are_dated_when_a_turn_ends()
    {
        var host = new ManualHost();
        var loop = EventLoop.CreateGuest(host);
        int early = 0, undated = 0;
        var task = loop.InvokeAsync(done => Quick(done, c =>
        {
            long start = Stopwatch.GetTimestamp();
            Call.Blocks(c.Make(1), d => Primitives.timer(s_long, d.Make(1)), _ => early += Stopwatch.GetElapsedTime(start) < s_long ? 1 : 0);
            undated += loop.Timers.HasUndated ? 1 : 0;
            WaitForTick();      // the turn is long enough, and the loop goes on in the next one
        }));
        for (var time = Stopwatch.StartNew(); !task.IsCompleted && time.Elapsed < Loops.Hang;)
        {
            if (host.Count == 0)
                Thread.Sleep(1);
            host.RunOne();
            Assert.False(loop.Timers.HasUndated);
        }
        await task.WaitAsync(Loops.Hang);
        Assert.Equal((0, 1), (early, undated));
        host.RunUntil(loop.StopAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void By_other_clocks_none_is_without_a_deadline(bool isVirtual)
    {
        var time = new ManualTime();
        using var loop = new EventLoop(isVirtual ? Loops.Virtual : new EventLoopOptions { TimeProvider = time });
        Event e = default;
        Call.Blocks(default, c => e = c.Make(1));
        Call.Blocks(default, c => Primitives.timer(s_hour, c.Make(1)));
        using var hold = loop.HoldTime();
        for (int i = 0; i < 3 * LoopTimers.MostExact; i++)
        {
            loop.Post(() =>
            {
                Primitives.timer(s_hour, e);
                Assert.False(loop.Timers.TakesUndated || loop.Timers.HasUndated);
            });
            loop.RunOnce();
        }
        Assert.True(e.Trigger());
    }

    /// <summary>Runs the blocks of a call, the first of them where long timers are set without a deadline.</summary>
    private static void RunQuick(params Action<Call>[] blocks) => Run(done => Quick(done, blocks));

    /// <summary>Runs main on a real clock; the books must balance.</summary>
    private static void Run(Action<Event> main, int lifelines = 0)
    {
        EventLoop? loop = null;
        try
        {
            Loops.OnThread(() => EventLoop.Run(done =>
            {
                loop = EventLoop.Current;
                main(done);
            }));
        }
        finally
        {
            Loops.AssertBalance(loop!, lifelines);
        }
    }

    /// <summary>Makes passes until long timers are set without a deadline: the clock has not moved for a few of them.</summary>
    private static void Quick(Event done, params Action<Call>[] blocks)
    {
        Call.Blocks(default, c => Primitives.timer(s_hour, c.Make(1)));     // a loop without timers does not look at the clock for them
        Call.Start(
            c =>
            {
                if (c.State > 0 && !c.EndBlock())
                    return;
                int next = Math.Max(0, c.State - 1);
                while (next < blocks.Length)
                {
                    c.EnterBlock();
                    if (next > 0 || EventLoop.Current!.Timers.TakesUndated)
                        blocks[next++](c);
                    else
                        Primitives.asap(c.Make(1));
                    if (!c.BlockDone(1 + next) || !c.EndBlock())
                        return;
                }
                c.Done.Trigger();
            },
            done);
    }

    /// <summary>Computes until the coarse clock has moved.</summary>
    private static void WaitForTick()
    {
        for (long before = Environment.TickCount64; Environment.TickCount64 == before;)
            Thread.SpinWait(10);
    }
}
