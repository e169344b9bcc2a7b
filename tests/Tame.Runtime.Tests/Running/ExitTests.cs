namespace Tame.Runtime.Tests.Running;

/// <summary>What happens to waiting calls when their loop ends.</summary>
public sealed class ExitTests
{
    [Fact]
    public void Every_call_gets_its_exception_by_default_and_none_of_them_ends_the_run()
    {
        var tally = new Tally();
        EventLoop.Run(
            done =>
            {
                for (int i = 0; i < 100; i++)
                    Call.Start(c => WaitAnHour(c, tally, rethrows: true));
                Primitives.asap(done);
            },
            Loops.Virtual);
        Assert.Equal(100, tally.Cancelled);
    }

    [Fact]
    public void A_call_that_fails_while_it_cleans_up_does_not_keep_the_others_from_it()
    {
        var tally = new Tally();
        EventLoop.Run(
            done =>
            {
                for (int i = 0; i < 100; i++)
                    Call.Start(c => WaitAnHour(c, tally, rethrows: false));
                EventLoop.Current!.UnhandledException += (_, unhandled) => tally.Unhandled += unhandled.Exception is InvalidOperationException ? 1 : 1000;
                Primitives.asap(done);
            },
            Loops.Virtual);
        Assert.Equal((100, 100), (tally.Cancelled, tally.Unhandled));
    }

    [Fact]
    public void A_call_may_wait_for_a_timer_while_it_cleans_up()
    {
        var log = new List<string>();
        EventLoop.Run(done => StartToCleanUp(log, TimeSpan.FromSeconds(4), done), Loops.Virtual);
        Assert.Equal(["cancelled", "cleaned up"], log);
        log.Clear();
        EventLoop.Run(done => StartToCleanUp(log, TimeSpan.FromMilliseconds(50), done));
        Assert.Equal(["cancelled", "cleaned up"], log);
    }

    [Fact]
    public void A_call_that_takes_too_long_to_clean_up_is_named_and_abandoned()
    {
        foreach (bool isVirtual in new[] { true, false })
        {
            var log = new List<string>();
            EventLoop.Run(
                done =>
                {
                    EventLoop.Current!.UnhandledException += (_, unhandled) =>
                    {
                        log.Add(Assert.IsType<TimeoutException>(unhandled.Exception).Message);
                        unhandled.Handled = true;
                    };
                    StartToCleanUp(log, TimeSpan.FromHours(1), done);
                },
                new EventLoopOptions { VirtualTime = isVirtual, ExitTimeout = TimeSpan.FromMilliseconds(100) });
            Assert.Equal("cancelled", log[0]);
            Assert.StartsWith("The event loop is ending and abandons calls that were cancelled and have not ended: Tests.Call at Call.cs:77. ", log[1], StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Calls_that_wake_each_other_all_the_time_are_cancelled_too()
    {
        int cancelled = 0;
        EventLoop.Run(
            done =>
            {
                for (int i = 0; i < 3; i++)
                {
                    Call.Start(c =>
                    {
                        if (c.State != 0 && c.EndBlock() is false)
                        {
                            cancelled++;
                            return;
                        }
                        c.EnterBlock();
                        Primitives.asap(c.Make(1));
                        c.BlockDone(1);
                    });
                }
                done.Trigger();
            },
            new EventLoopOptions { ExitTimeout = Timeout.InfiniteTimeSpan });
        Assert.Equal(3, cancelled);
    }

    [Fact]
    public void A_call_that_never_stops_is_abandoned_when_the_time_is_over()
    {
        int cancelled = 0, resumed = 0;
        EventLoop.Run(
            done =>
            {
                Call.Start(c =>
                {
                    switch (c.State)
                    {
                        case 0:
                            c.EnterBlock();
                            c.Held = c.Make(1);
                            break;
                        case 1:
                            Assert.Throws<OperationCanceledException>(c.EndBlockOrThrow);
                            cancelled++;
                            goto default;
                        default:
                            if (c.State == 2)
                                c.EndBlockOrThrow();
                            resumed++;
                            c.EnterBlock();
                            Primitives.asap(c.Make(2));
                            break;
                    }
                    c.BlockDone(c.State == 0 ? 1 : 2);
                });
                done.Trigger();
            },
            new EventLoopOptions { VirtualTime = true, ExitTimeout = TimeSpan.FromMilliseconds(100) });
        Assert.Equal(1, cancelled);
        Assert.True(resumed > 10);
    }

    [Fact]
    public void Calls_that_are_abandoned_do_not_go_on()
    {
        var tally = new Tally();
        EventLoop.Run(
            done =>
            {
                Call.Start(c => WaitAnHour(c, tally, rethrows: true));
                Primitives.asap(done);
            },
            new EventLoopOptions { VirtualTime = true, OnExit = ExitBehavior.Abandon });
        Assert.Equal(0, tally.Cancelled);
    }

    [Fact]
    public void The_time_for_cleaning_up_is_checked()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new EventLoopOptions { ExitTimeout = TimeSpan.FromMilliseconds(-2) });
        Assert.Throws<ArgumentOutOfRangeException>(() => new EventLoopOptions { ExitTimeout = TimeSpan.MaxValue });
        Assert.Equal(Timeout.InfiniteTimeSpan, new EventLoopOptions { ExitTimeout = Timeout.InfiniteTimeSpan }.ExitTimeout);
        Assert.Equal(TimeSpan.FromSeconds(5), new EventLoopOptions().ExitTimeout);
    }

    [Fact]
    public void A_cancelled_call_may_wait_in_its_finally_and_the_call_that_waits_for_it_goes_on()
    {
        var log = new List<string>();
        EventLoop.Run(
            done =>
            {
                Call.Start(outer =>
                {
                    if (outer.State == 0)
                    {
                        outer.EnterBlock();
                        Call.Start(c => Cleanup(c, log), outer.Make(1));
                        outer.BlockDone(1);
                        return;
                    }
                    Assert.Throws<OperationCanceledException>(outer.EndBlockOrThrow);
                    log.Add("outer");
                });
                done.Trigger();
            },
            Loops.Virtual);
        Assert.Equal(["cancelled", "cleaned up", "outer"], log.Order());
        Assert.True(log.IndexOf("cancelled") < log.IndexOf("cleaned up"));
    }

    [Fact]
    public void A_users_own_cancellation_is_a_failure_while_the_loop_ends_too()
    {
        var unhandled = Ended(Again(() => throw new OperationCanceledException("a user's")));
        Assert.Equal("a user's", Assert.IsType<OperationCanceledException>(Assert.Single(unhandled)).Message);
        using var source = new CancellationTokenSource();
        unhandled = Ended(Again(() =>
        {
            source.Cancel();
            Event.Detached.Fail(new OperationCanceledException(source.Token));
            throw new OperationCanceledException(source.Token);
        }));
        Assert.Equal(source.Token, Assert.IsType<OperationCanceledException>(Assert.Single(unhandled)).CancellationToken);      // that of Event.Detached: a call that ends by its token has not failed
    }

    [Fact]
    public void A_users_cancel_of_a_rendezvous_is_a_failure_while_the_loop_ends_too()
    {
        var unhandled = Ended(Again(() =>
        {
            var r = new Rendezvous();
            r.Cancel();
            r.TryJoin();
        }));
        Assert.Equal("The rendezvous was cancelled.", Assert.IsType<OperationCanceledException>(Assert.Single(unhandled)).Message);
    }

    [Fact]
    public void The_cancellations_of_the_loop_are_no_failures_however_they_travel()
    {
        var held = new List<object>();
        var unhandled = Ended(_ =>
        {
            var loop = EventLoop.Current!;
            var r = new Rendezvous();
            Call.Start(c =>
            {
                if (c.State == 0)
                {
                    c.BeginJoin(r);
                    held.Add(c.Make(r, 1));
                }
                if (c.JoinReady(1))
                    c.EndJoinOrThrow();
            });
            Call.Start(c => Wait(c, () => r.TryJoin(), held), Event.Detached);
            Call.Blocks(Event.Detached, c => Call.Start(inner => Wait(inner, null, held), c.Make(1)));
            loop.Post(async () => await loop.InvokeAsync(e => Call.Start(c => Wait(c, null, held), e)));
            Call.Start(c => Wait(c, null, held, e => loop.Post(() => Task.Delay(Timeout.Infinite, e.Token))));
        });
        Assert.Empty(unhandled);
    }

    [Fact]
    public void Failures_that_a_cancelled_wait_had_before_are_reported()
    {
        var held = new List<object>();
        var unhandled = Ended(_ => Call.Blocks(default, c =>
        {
            c.Make(1).Fail(new IOException("before"));
            held.Add(c.Make(2));
        }));
        Assert.Equal("before", Assert.IsType<IOException>(Assert.Single(unhandled)).Message);
    }

    /// <summary>The exceptions that reach UnhandledException of a loop that starts something and ends.</summary>
    private static List<Exception> Ended(Action<Event> start)
    {
        var unhandled = new List<Exception>();
        EventLoop.Run(
            done =>
            {
                EventLoop.Current!.UnhandledException += (_, arguments) =>
                {
                    unhandled.Add(arguments.Exception);
                    arguments.Handled = true;
                };
                start(default);
                EventLoop.Current.Post(() => Primitives.asap(done));
            },
            Loops.Virtual);
        return unhandled;
    }

    /// <summary>Starts a call that runs an action when its wait is cancelled.</summary>
    private static Action<Event> Again(Action cancelled) => _ =>
    {
        var held = new List<object>();
        Call.Start(c =>
        {
            if (c.State == 0)
            {
                c.Held = held;
                Wait(c, null, held);
                return;
            }
            Assert.Throws<OperationCanceledException>(c.EndBlockOrThrow);
            cancelled();
        });
    };

    /// <summary>Waits for an event that never completes, and then may run something that throws.</summary>
    private static void Wait(Call c, Action? then, List<object> held, Action<Event>? made = null)
    {
        if (c.State != 0)
        {
            try
            {
                c.EndBlockOrThrow();
            }
            finally
            {
                then?.Invoke();
            }
            return;
        }
        c.EnterBlock();
        var e = c.Make(1);
        held.Add(e);
        made?.Invoke(e);
        c.BlockDone(1);
    }

    private static void WaitAnHour(Call c, Tally tally, bool rethrows)
    {
        if (c.State == 0)
        {
            c.EnterBlock();
            Primitives.timer(TimeSpan.FromHours(1), c.Make(1));
            c.BlockDone(1);
            return;
        }
        try
        {
            c.EndBlockOrThrow();
        }
        catch (OperationCanceledException)
        {
            tally.Cancelled++;
            if (rethrows)
                throw;
            throw new InvalidOperationException("cleanup");
        }
    }

    /// <summary>A call that waits forever, and for the given time when it is cancelled.</summary>
    private static void StartToCleanUp(List<string> log, TimeSpan time, Event done)
    {
        Call.Start(c =>
        {
            switch (c.State)
            {
                case 0:
                    c.EnterBlock();
                    c.Held = c.Make(2);
                    c.BlockDone(1);
                    break;
                case 1:
                    Assert.Throws<OperationCanceledException>(c.EndBlockOrThrow);
                    log.Add("cancelled");
                    c.EnterBlock();
                    Primitives.timer(time, c.Make(3));
                    c.BlockDone(77);
                    break;
                case 77:
                    c.EndBlockOrThrow();
                    log.Add("cleaned up");
                    break;
            }
        });
        done.Trigger();
    }

    private sealed class Tally
    {
        public int Cancelled, Unhandled;
    }

    private static void Cleanup(Call c, List<string> log)
    {
        switch (c.State)
        {
            case 0:
                c.EnterBlock();
                c.Held = c.Make(2);
                c.BlockDone(1);
                break;
            case 1:
                Assert.Throws<OperationCanceledException>(c.EndBlockOrThrow);
                log.Add("cancelled");
                c.EnterBlock();
                Primitives.asap(c.Make(3));
                c.BlockDone(2);
                break;
            case 2:
                c.EndBlockOrThrow();
                log.Add("cleaned up");
                break;
        }
    }
}
