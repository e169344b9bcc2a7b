using System.Runtime.CompilerServices;

namespace Tame.Runtime.Tests.Losses;

public sealed class LostEventTests
{
    [Fact]
    public void A_lost_event_of_a_block_is_thrown_where_the_block_waits()
    {
        var thrown = Assert.Throws<LostEventException>(() => Loops.RunBlocks(c => Drop(c, 42)));
        Assert.Equal(("Tests.Call", "Call.cs", 42), (thrown.Method, thrown.File, thrown.Line));
        Assert.Contains("Call.cs:42", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_lost_events_of_a_block_are_one_loss()
    {
        var thrown = Assert.Throws<LostEventException>(() => Loops.RunBlocks(c =>
        {
            Drop(c, 42);
            c.Make(43).Trigger();
            Drop(c, 44);
        }));
        Assert.Contains("Call.cs:42, Call.cs:44", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lost_event_of_a_rendezvous_is_joined_as_a_failure_with_its_id()
    {
        Exception? error = null;
        int id = 0;
        Loops.Run(done => Call.Start(
            c =>
            {
                if (c.State == 0)
                    c.BeginJoin(OneDropped(c));
                if (!c.JoinReady(1))
                    return;
                c.EndJoinOrError(ref id, ref error);
                c.Done.Trigger();
            },
            done));
        Assert.Equal((5, 17), (id, Assert.IsType<LostEventException>(error).Line));
    }

    [Fact]
    public void The_loss_of_the_runs_own_event_ends_the_run()
    {
        var thrown = Assert.Throws<LostEventException>(() => Loops.Run(_ => { }));
        Assert.Contains("EventLoop.Run", thrown.Message, StringComparison.Ordinal);
        Assert.Throws<LostEventException>(() => EventLoop.Run<int>(_ => { }, Loops.Virtual));
        ProbeBudget.OfProcess.NotBefore = 0;       // as in a process that has not probed yet
        Assert.Throws<LostEventException>(() => EventLoop.Run(_ => { }));
    }

    [Fact]
    public void One_loss_throws_in_one_place_and_finalizes_nothing_that_bodies_use()
    {
        bool finalized = false;
        var thrown = Assert.Throws<LostEventException>(() => Loops.RunBlocks(
            outer => Call.Start(
                c =>
                {
                    if (c.State == 0)
                    {
                        c.Held = new Finalized(() => finalized = true);
                        c.EnterBlock();
                        Drop(c, 7);
                        if (!c.BlockDone(1))
                            return;
                    }
                    Assert.Throws<LostEventException>(c.EndBlockOrThrow);
                    Assert.False(finalized);
                    throw new LostEventException("passed on");
                },
                outer.Make(3))));
        Assert.Equal("passed on", thrown.Message);
    }

    [Fact]
    public void A_finalizer_only_posts_to_the_inbox()
    {
        Loops.Run(done =>
        {
            var loop = EventLoop.Current!;
            Call.Start(c =>
            {
                var r = OneDropped(c);
                Collector.RunBefore(loop, () =>
                {
                    Assert.Equal((1, 0), (r.Waiting, r.Ready));
                    Assert.Equal(1, loop.Suspicions.Count);
                    Collector.RunBefore(loop, () =>
                    {
                        Assert.Equal((0, 1), (r.Waiting, r.Ready));
                        Assert.True(r.TryJoin(out _, out var error) && error is LostEventException);
                        done.Trigger();
                    });
                });
                Assert.Equal((1, 0), (r.Waiting, r.Ready));
                Assert.False(loop.Inbox.IsEmpty);
            });
        });
    }

    [Fact]
    public void A_loss_in_a_block_shows_at_its_closing_brace_and_not_while_the_body_is_inside()
    {
        Loops.Run(done => Call.Start(
            c =>
            {
                if (c.State == 0)
                {
                    c.EnterBlock();
                    Drop(c, 1);
                    c.EnterBlock();
                    Primitives.timer(TimeSpan.FromHours(1), c.Make(2));
                    c.BlockDone(1);
                    Collector.Run();
                }
                else if (c.State == 1)
                {
                    c.EndBlockOrThrow();
                    Collector.Run();
                    Assert.False(c.BlockDone(2));
                }
                else
                {
                    Assert.Equal(1, Assert.Throws<LostEventException>(c.EndBlockOrThrow).Line);
                    c.Done.Trigger();
                }
            },
            done));
    }

    [Fact]
    public void Each_event_of_a_rendezvous_is_lost_alone()
    {
        Loops.Run(done => Call.Start(
            c =>
            {
                var r = OneDropped(c);
                var held = c.Make(r, 6, 18);
                Collector.FindLosses(EventLoop.Current!, () =>
                {
                    Assert.Equal((1, 1), (r.Waiting, r.Ready));
                    Assert.True(r.TryJoin(out int lost, out var error) && lost == 5 && error is LostEventException);
                    Assert.True(held.Trigger() && r.TryJoin(out int joined) && joined == 6);
                    done.Trigger();
                });
            }));
    }

    [Fact]
    public void A_handle_in_a_hook_of_the_same_block_does_not_hide_a_loss()
    {
        Assert.Throws<LostEventException>(() => Loops.RunBlocks(ChainAndDrop));
    }

    [Fact]
    public void An_event_that_somebody_holds_is_not_lost()
    {
        var held = new List<Event>();
        Loops.RunBlocks(
            c => held.Add(Probe(c)),
            c => Assert.Single(held));
    }

    [Fact]
    public void On_a_real_clock_the_idle_loop_finds_the_loss_itself()
    {
        ProbeBudget.OfProcess.NotBefore = 0;       // as in a process that has not probed yet
        Loops.OnThread(() => Assert.Throws<LostEventException>(() => EventLoop.Run(done => Call.Blocks(done, c => Drop(c, 1)))));
    }

    [Fact]
    public void A_cancelled_events_lifeline_comes_back_once_for_its_late_trigger()
    {
        Loops.Run(done =>
        {
            var loop = EventLoop.Current!;
            Call.Start(
                c =>
                {
                    var r = new Rendezvous();
                    var late = c.Make(r, 1);
                    int free = loop.Pools.Lifelines.Count;
                    r.Cancel();
                    Assert.Equal(free, loop.Pools.Lifelines.Count);
                    Assert.False(late.Trigger());
                    Assert.Equal(free + 1, loop.Pools.Lifelines.Count);
                    Assert.False(late.Trigger());
                    Assert.Equal(free + 1, loop.Pools.Lifelines.Count);
                    c.Done.Trigger();
                },
                done);
        });
    }

    [Fact]
    public void A_cancelled_events_lifeline_comes_back_when_nobody_holds_it()
    {
        Loops.Run(done =>
        {
            var loop = EventLoop.Current!;
            Call.Start(c => CancelOne(c));
            int free = loop.Pools.Lifelines.Count;
            GC.Collect();
            GC.WaitForPendingFinalizers();
            loop.Post(() =>
            {
                Assert.Equal(free + 1, loop.Pools.Lifelines.Count);
                done.Trigger();
            });
        });
    }

    [Fact]
    public void Events_are_lost_again_and_again()
    {
        Loops.Run(done => Call.Start(
            c =>
            {
                switch (c.State)
                {
                    case 0:
                    case 1:
                    case 2:
                        if (c.State > 0)
                            Assert.Throws<LostEventException>(c.EndBlockOrThrow);
                        c.EnterBlock();
                        Drop(c, 1);
                        if (c.BlockDone(c.State + 1))
                            Assert.Fail("The block did not wait.");
                        return;
                    case 3:
                        Assert.Throws<LostEventException>(c.EndBlockOrThrow);
                        c.Done.Trigger();
                        return;
                }
            },
            done));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Drop(Call call, int line) => call.Make(line);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Rendezvous<int> OneDropped(Call call)
    {
        var r = new Rendezvous<int>();
        call.Make(r, 5, 17);
        return r;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void CancelOne(Call call)
    {
        var r = new Rendezvous();
        call.Make(r, 1);
        r.Cancel();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ChainAndDrop(Call call) => call.Make(1).AtTrigger(call.Make(2));

    /// <summary>An event that a thread, which holds time, triggers after two collections have not found it lost.</summary>
    private static Event Probe(Call call)
    {
        var e = call.Make(1);
        Loops.Beside(() =>
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            GC.Collect();
            e.Trigger();
        });
        return e;
    }

    private sealed class Finalized(Action finalized)
    {
        ~Finalized() => finalized();
    }
}
