using Tame.CompilerServices;

namespace Tame.Runtime.Tests.Calls;

public sealed class RendezvousTests
{
    /// <summary>Waits for an event of a rendezvous, passes on what came, and completes.</summary>
    private static void Join(Rendezvous<int> r, Event done, Action<int, Exception?> joined) => Call.Start(
        c =>
        {
            if (c.State == 0)
                c.BeginJoin(r);
            if (!c.JoinReady(1))
                return;
            c.EndJoinOrError(ref c.A, ref c.Error);
            joined(c.A, c.Error);
            c.Done.Trigger();
        },
        done);

    [Fact]
    public void Events_are_joined_in_the_order_of_their_triggers()
    {
        var joined = new List<int>();
        var r = new Rendezvous<int>();
        void Trigger(Call c)
        {
            var events = Enumerable.Range(0, 4).Select(i => c.Make(r, i, 1)).ToArray();
            events[2].Trigger();
            events[0].Trigger();
            Join(r, c.Make(1), (id, _) => joined.Add(id));
            Join(r, c.Make(1), (id, _) => joined.Add(id));
            Assert.Equal((2, 0), (r.Waiting, r.Ready));
            Join(r, c.Make(1), (id, _) => joined.Add(id));
            Assert.Equal([2, 0], joined);
            events[3].Trigger();
            Assert.Equal([2, 0], joined);
            events[1].Trigger();
        }
        Loops.RunBlocks(Trigger, _ => Assert.True(r.TryJoin(out int last) && last == 1));
        Assert.Equal([2, 0, 3], joined);
    }

    [Fact]
    public void A_failed_event_is_thrown_or_handed_over_with_its_id()
    {
        var error = new InvalidOperationException();
        Loops.RunBlocks(c =>
        {
            var r = new Rendezvous<int>();
            c.Make(r, 5, 1).Fail(error);
            c.Make(r, 6, 1).Fail(error);
            c.Make(r, 7, 1).Fail(error);
            Join(r, default, (id, thrown) => Assert.Equal((5, error), (id, thrown)));
            Assert.Same(error, Assert.Throws<InvalidOperationException>(() => r.TryJoin(out _)));
            Assert.True(r.TryJoin(out int id, out var handed));
            Assert.Equal((7, error), (id, handed));
            Assert.False(r.TryJoin(out _));
        });
    }

    [Fact]
    public void A_failure_outside_every_try_goes_to_the_event_parameters()
    {
        var thrown = Assert.Throws<InvalidOperationException>(() => Loops.Run(done => Call.Start(
            c =>
            {
                if (c.State == 0)
                {
                    var r = new Rendezvous();
                    Call.Blocks(c.Make(r, 1), inner => Primitives.asap(inner.Make(1)), _ => throw new InvalidOperationException("late"));
                    c.BeginJoin(r);
                }
                if (!c.JoinReady(1) || !c.EndJoin())
                    return;
                Assert.Fail("The failure was swallowed.");
            },
            done)));
        Assert.Contains("Call.cs:line 101", thrown.StackTrace!, StringComparison.Ordinal);
    }

    [Fact]
    public void Cancel_completes_what_is_outstanding_in_the_order_of_making_and_then_wakes_the_waiter_with_an_error()
    {
        var log = new List<string>();
        Loops.RunBlocks(main =>
        {
            var r = new Rendezvous<int>();
            Event first = main.Make(r, 1, 1), second = main.Make(r, 2, 1);
            Call.Blocks(main.Make(1), c => second.AtTrigger(c.Make(1)), _ => log.Add("at trigger of 2"));
            Call.Blocks(main.Make(1), c => first.AtTrigger(c.Make(1)), _ => log.Add("at trigger of 1"));
            WaitFor(r, main.Make(1), log);
            r.Cancel();
            Assert.True(r.IsCancelled);
            Assert.Equal((0, 0), (r.Waiting, r.Ready));
            Assert.False(first.Trigger());
            Assert.False(second.Trigger());
            Assert.Throws<OperationCanceledException>(() => r.TryJoin(out _));
            Assert.Throws<ObjectDisposedException>(() => main.Make(r, 3, 1));
            r.Cancel();
            r.Dispose();
        });
        Assert.Equal(["at trigger of 1", "at trigger of 2", "cancelled"], log);
    }

    [Fact]
    public void Cancel_wins_over_an_event_that_was_ready()
    {
        var log = new List<string>();
        Loops.RunBlocks(main =>
        {
            var r = new Rendezvous<int>();
            var e = main.Make(r, 1, 1);
            WaitFor(r, main.Make(1), log);
            e.Trigger();
            r.Dispose();
        });
        Assert.Equal(["cancelled"], log);
    }

    [Fact]
    public void Later_waits_and_joins_on_a_cancelled_rendezvous_throw_and_making_an_event_says_it_is_disposed()
    {
        var log = new List<string>();
        Loops.RunBlocks(main =>
        {
            var r = new Rendezvous<int>();
            var ready = main.Make(r, 1, 1);
            ready.Trigger();
            r.Cancel();
            Assert.Equal(0, r.Ready);
            WaitFor(r, main.Make(1), log);
            WaitFor(r, main.Make(1), log);
            Assert.Throws<OperationCanceledException>(() => r.TryJoin(out _));
            Assert.Throws<OperationCanceledException>(() => r.TryJoin(out _, out _));
            Assert.Throws<OperationCanceledException>(() => Join(r, default, (_, _) => { }));
            Assert.Throws<ObjectDisposedException>(() => main.Make(r, 2, 1));
        });
        Assert.Equal(["cancelled", "cancelled"], log);
    }

    [Fact]
    public void A_second_waiter_is_an_error_of_its_own()
    {
        int joined = 0;
        Loops.RunBlocks(main =>
        {
            var r = new Rendezvous<int>();
            var e = main.Make(r, 4, 1);
            Join(r, main.Make(1), (id, _) => joined = id);
            Assert.Throws<InvalidOperationException>(() => Join(r, default, (_, _) => { }));
            e.Trigger();
            Assert.Throws<InvalidOperationException>(() => Join(r, default, (_, _) => { }));
        });
        Assert.Equal(4, joined);
    }

    [Fact]
    public void A_woken_waiter_waits_on_when_somebody_took_the_event()
    {
        var joined = new List<int>();
        Loops.RunBlocks(main =>
        {
            var r = new Rendezvous<int>();
            Event first = main.Make(r, 1, 1), second = main.Make(r, 2, 1);
            Join(r, main.Make(1), (id, _) => joined.Add(id));
            first.Trigger();
            Assert.True(r.TryJoin(out int taken));
            Assert.Equal(1, taken);
            Primitives.timer(TimeSpan.FromSeconds(1), second);
        });
        Assert.Equal([2], joined);
    }

    [Fact]
    public void A_call_whose_body_has_ended_lives_while_an_event_can_write_to_it()
    {
        Loops.RunBlocks(main =>
        {
            var r = new Rendezvous();
            Call? ended = null;
            Event<int> late = default;
            Call.Start(c =>
            {
                ended = c;
                late = c.Make(r, c.Slot(ref c.A), 1);
            });
            var next = Call.Make(_ => { });
            Assert.NotSame(ended, next);
            late.Trigger(9);
            Assert.True(r.TryJoin());
            next.Start();
            Assert.Same(ended, Again());
        });
    }

    private static Call Again()
    {
        var first = Call.Make(_ => { });
        var second = Call.Make(_ => { });
        second.Start();
        first.Start();
        return second;
    }

    [Fact]
    public void A_rendezvous_belongs_to_one_loop()
    {
        Loops.RunBlocks(main =>
        {
            var r = new Rendezvous();
            var e = main.Make(r, 1);
            Loops.OnThread(() =>
            {
                Assert.Throws<InvalidOperationException>(r.Cancel);
                Assert.Throws<InvalidOperationException>(() => r.TryJoin());
                Loops.RunBlocks(c => Assert.Throws<InvalidOperationException>(() => c.Make(r, 1)));
            });
            Assert.Throws<ArgumentNullException>(() => main.Make((Rendezvous)null!, 1));
            Assert.Throws<ArgumentNullException>(() => main.BeginJoin((Rendezvous)null!));
            Assert.True(e.Trigger());
            Assert.True(r.TryJoin());
        });
    }

    private static void WaitFor(Rendezvous<int> r, Event done, List<string> log) => Call.Start(
        c =>
        {
            try
            {
                if (c.State == 0)
                    c.BeginJoin(r);
                if (!c.JoinReady(1))
                    return;
                c.EndJoinOrThrow(ref c.A);
            }
            catch (OperationCanceledException)
            {
                log.Add("cancelled");
                c.Done.Trigger();
            }
        },
        done);
}
