using Tame.CompilerServices;

namespace Tame.Runtime.Tests.Adapters;

/// <summary>Undoing what AtTrigger and OnComplete did.</summary>
public sealed class EventRegistrationTests
{
    [Fact]
    public void Every_arity_returns_one()
    {
        int called = 0;
        Loops.RunBlocks(
            c =>
            {
                var (one, two) = (c.Make(Slot<int>.Discard, 1), c.Make(Slot<int>.Discard, Slot<int>.Discard, 1));
                var three = c.Make(Slot<int>.Discard, Slot<int>.Discard, Slot<int>.Discard, 1);
                var four = c.Make(Slot<int>.Discard, Slot<int>.Discard, Slot<int>.Discard, Slot<int>.Discard, 1);
                var other = c.Make(1);
                EventRegistration[] made =
                [
                    one.AtTrigger(other), two.AtTrigger(other), three.AtTrigger(other), four.AtTrigger(other),
                    one.OnComplete(Count, null), two.OnComplete(Count, null), three.OnComplete(Count, null), four.OnComplete(Count, null),
                ];
                foreach (var registration in made)
                    registration.Dispose();
                Assert.True(one.Trigger(1) && two.Trigger(1, 2) && three.Trigger(1, 2, 3) && four.Trigger(1, 2, 3, 4));
                Assert.True(other.Trigger());
            },
            c => Primitives.asap(c.Make(1)));
        Assert.Equal(0, called);

        void Count(object? state) => called++;
    }

    [Theory]
    [InlineData(0, "1 2 3")]
    [InlineData(1, "0 2 3")]
    [InlineData(2, "0 1 3")]
    [InlineData(3, "0 1 2")]
    public void Any_one_of_several_is_undone_and_the_others_keep_their_order(int undone, string called)
    {
        var log = new List<object?>();
        Loops.RunBlocks(
            c =>
            {
                var e = c.Make(1);
                var made = Enumerable.Range(0, 4).Select(i => e.OnComplete(log.Add, i)).ToArray();
                made[undone].Dispose();
                made[undone].Dispose();
                e.Trigger();
            },
            c => Primitives.asap(c.Make(1)));
        Assert.Equal(called, string.Join(' ', log));
    }

    [Fact]
    public void Undoing_in_any_order_leaves_those_that_remain()
    {
        var random = new Random(16);
        for (int round = 0; round < 200; round++)
        {
            var called = new List<int>();
            var kept = new List<int>();
            Loops.RunBlocks(
                c =>
                {
                    var e = c.Make(1);
                    int count = random.Next(1, 100);
                    var made = Enumerable.Range(0, count).Select(i => (Index: i, Registration: e.OnComplete(state => called.Add((int)state!), i))).ToList();
                    foreach (var (index, registration) in made.OrderBy(_ => random.Next()))
                    {
                        if (random.Next(2) == 0)
                            registration.Dispose();
                        else
                            kept.Add(index);
                    }
                    e.Trigger();
                },
                c => Primitives.asap(c.Make(1)));
            Assert.Equal(kept.Order(), called);
        }
    }

    [Fact]
    public void A_stale_one_never_undoes_the_hook_that_took_its_place()
    {
        Loops.RunBlocks(c =>
        {
            Event lasting = c.Make(1), first = c.Make(1), second = c.Make(1), third = c.Make(1);
            var undone = lasting.AtTrigger(first);
            undone.Dispose();
            lasting.AtTrigger(second);      // the pooled hook is the same object, on the same event
            undone.Dispose();
            var fired = third.AtTrigger(first);
            third.Trigger();
            Assert.False(first.IsPending);
            var fourth = c.Make(1);
            var again = lasting.AtTrigger(fourth);
            fired.Dispose();
            Assert.NotEqual(again, fired);
            lasting.Trigger();
            Assert.False(second.IsPending || fourth.IsPending);
        });
    }

    [Fact]
    public void After_completion_disposing_does_nothing()
    {
        var log = new List<object?>();
        Loops.RunBlocks(
            c =>
            {
                Event e = c.Make(1), other = c.Make(1);
                var (atTrigger, onComplete) = (e.AtTrigger(other), e.OnComplete(log.Add, "called"));
                e.Trigger();
                atTrigger.Dispose();
                onComplete.Dispose();
                Assert.False(other.IsPending);
                Assert.Equal(default, e.AtTrigger(default));
                Assert.Equal(default, e.OnComplete(log.Add, "called too"));
                e.AtTrigger(other).Dispose();
                default(EventRegistration).Dispose();
                default(Event).AtTrigger(other).Dispose();
                Event.Detached.AtTrigger(other).Dispose();
                Event.Detached.OnComplete(log.Add, "never").Dispose();
            },
            c => Primitives.asap(c.Make(1)));
        Assert.Equal(["called", "called too"], log);
    }

    [Fact]
    public void Undoing_takes_the_hook_from_the_event_at_once_and_drops_what_it_held()
    {
        WeakReference? state = null;
        Loops.RunBlocks(c =>
        {
            var e = c.Make(1);
            (var registration, state) = Register(e);
            registration.Dispose();
            GC.Collect();
            Assert.False(state.IsAlive);
            Assert.Null(Event.FindHook<Hook>(e));
            GC.KeepAlive(c.Held = registration);
            e.Trigger();
        });

        static (EventRegistration, WeakReference) Register(Event e)
        {
            object held = new();
            return (e.OnComplete(static _ => { }, held), new WeakReference(held));
        }
    }

    [Fact]
    public void Two_are_equal_where_they_undo_the_same()
    {
        Loops.RunBlocks(c =>
        {
            Event e = c.Make(1), other = c.Make(1);
            EventRegistration one = e.AtTrigger(other), two = e.AtTrigger(other), copy = one;
            Assert.True(one == copy && one != two && one.Equals((object)copy) && !one.Equals(null));
            Assert.Equal(one.GetHashCode(), copy.GetHashCode());
            e.Trigger();
        });
    }

    [Fact]
    public void From_another_thread_it_goes_through_the_loops_inbox()
    {
        int called = 0;
        Loops.RunBlocks(
            c =>
            {
                Event e = c.Make(1), other = c.Make(1), own = c.Make(1);
                var mine = e.AtTrigger(own);
                Loops.OnThread(() =>
                {
                    mine.Dispose();
                    e.AtTrigger(other).Dispose();       // overtakes the arrival of the hook itself
                    e.OnComplete(_ => called++, null).Dispose();
                });
                c.Loop!.Post(() =>
                {
                    Assert.Null(Event.FindHook<Hook>(e));
                    Assert.True(e.Trigger());
                    Assert.True(own.Trigger() && other.Trigger());
                });
            },
            c => Primitives.asap(c.Make(1)));
        Assert.Equal(0, called);
    }

    [Fact]
    public void One_made_on_another_thread_is_undone_on_a_third_or_at_home()
    {
        int called = 0;
        Loops.RunBlocks(
            c =>
            {
                var e = c.Make(1);
                EventRegistration first = default, second = default;
                Loops.OnThread(() => (first, second) = (e.OnComplete(_ => called++, null), e.OnComplete(_ => called++, null)));
                second.Dispose();                       // on the loop's thread, before the hook has arrived
                Loops.OnThread(first.Dispose);
                c.Loop!.Post(() => e.Trigger());
            },
            c => Primitives.asap(c.Make(1)));
        Assert.Equal(0, called);
    }

    [Fact]
    public void On_a_loop_that_has_ended_it_does_nothing()
    {
        var log = new List<object?>();
        EventRegistration registration = default;
        Loops.Run(
            done =>
            {
                Call.Blocks(default, c => registration = c.Make(1).OnComplete(log.Add, "end"));
                done.Trigger();
            },
            lifelines: 1);
        registration.Dispose();
        Loops.OnThread(registration.Dispose);
        Assert.Equal(["end"], log);
    }

    [Fact]
    public void Hooks_whose_targets_have_completed_leave_a_long_lived_event_by_themselves()
    {
        Loops.RunBlocks(c =>
        {
            var lasting = c.Make(1);
            var r = new Rendezvous();
            for (int i = 0; i < 10_000; i++)
            {
                var request = c.Make(r, 1);
                lasting.AtTrigger(request);
                request.Trigger();
                r.TryJoin();
            }
            Assert.InRange(HooksOf(lasting), 1, 100);
            var (pending, late) = (c.Make(r, 1), c.Make(r, 1));
            lasting.AtTrigger(pending);
            for (int i = 0; i < 1000; i++)
                lasting.AtTrigger(late);
            Assert.True(late.Trigger());
            lasting.Trigger();
            Assert.False(pending.IsPending);
            r.Cancel();
        });
    }

    [Fact]
    public void Thousands_of_pending_hooks_stay()
    {
        int called = 0;
        Loops.RunBlocks(
            c =>
            {
                var lasting = c.Make(1);
                var r = new Rendezvous();
                for (int i = 0; i < 5_000; i++)
                {
                    lasting.AtTrigger(c.Make(r, 1));
                    lasting.OnComplete(_ => called++, null);
                }
                lasting.Trigger();
                Assert.Equal(5_000, r.Ready);
                r.Cancel();
            },
            c => Primitives.asap(c.Make(1)));
        Assert.Equal(5_000, called);
    }

    private static int HooksOf(Event e)
    {
        int count = 0;
        for (Linked? hook = Event.FindHook<Hook>(e); hook is not null; hook = hook.Next)
            count++;
        return count;
    }
}
