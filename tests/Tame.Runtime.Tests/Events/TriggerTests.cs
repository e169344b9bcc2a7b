using Tame.CompilerServices;

namespace Tame.Runtime.Tests.Events;

public sealed class TriggerTests
{
    private static int s_static;

    [Fact]
    public void A_trigger_runs_no_user_code()
    {
        var log = new List<string>();
        Loops.Run(done =>
        {
            Event inner = default;
            Call.Blocks(default, c => inner = c.Make(1), _ => log.Add("resumed"));
            Assert.True(inner.Trigger());
            log.Add("after the trigger");
            done.Trigger();
            Primitives.asap(done);
        });
        Assert.Equal(["after the trigger"], log.Take(1));
    }

    [Fact]
    public void Waiters_resume_in_the_order_of_the_triggers()
    {
        var log = new List<int>();
        Loops.RunBlocks(main =>
        {
            var events = new Event[5];
            for (int i = 0; i < events.Length; i++)
            {
                int me = i;
                Call.Blocks(main.Make(1), c => events[me] = c.Make(2), _ => log.Add(me));
            }
            foreach (int i in (int[])[3, 0, 4, 2, 1])
                events[i].Trigger();
        });
        Assert.Equal([3, 0, 4, 2, 1], log);
    }

    [Fact]
    public void A_slot_may_lie_more_than_two_gigabytes_into_its_array()
    {
        const int Length = (1 << 28) + 16; // of eight bytes each; only touched pages use memory
        if (GC.GetGCMemoryInfo().TotalAvailableMemoryBytes < 4L << 30)
            Assert.Skip("This machine does not lend a process so much.");
        long[] giant = GC.AllocateUninitializedArray<long>(Length);
        giant[^2] = 1;
        Loops.RunBlocks(
            c => Assert.True(c.Make(Slot.At(giant, ref giant[^1]), 1).Trigger(7)),
            _ => Assert.Equal((1, 7), (giant[^2], giant[^1])));
    }

    [Fact]
    public void Only_the_first_completion_counts_and_the_rest_write_nothing()
    {
        Loops.RunBlocks(
            c =>
            {
                var e = c.Make(c.Slot(ref c.A), 1);
                var copy = e;
                Assert.True(e.IsPending);
                Assert.Equal(e, copy);
                Assert.True(e.Trigger(7));
                Assert.False(copy.IsPending);
                Assert.False(copy.Trigger(8));
                Assert.False(copy.Unblock());
                Assert.False(copy.Fail(new InvalidOperationException()));
                Assert.False(copy.Unblocker.Trigger());
            },
            c => Assert.Equal(7, c.A));
    }

    [Fact]
    public void Operations_on_the_empty_event_do_nothing()
    {
        Assert.False(default(Event).IsPending);
        Assert.False(default(Event).Trigger());
        Assert.False(default(Event).Fail(new InvalidOperationException()));
        Assert.False(default(Event).Unblock());
        Assert.False(default(Event<int>).Trigger(1));
        Assert.False(default(Event<int, int>).Trigger(1, 2));
        Assert.False(default(Event<int, int, int>).Trigger(1, 2, 3));
        Assert.False(default(Event<int, int, int, int>).Trigger(1, 2, 3, 4));
        Assert.Equal(default, default(Event<int>).Unblocker);
    }

    [Fact]
    public void A_slot_is_written_when_the_event_triggers_even_where_the_call_waits_elsewhere()
    {
        Loops.RunBlocks(c =>
        {
            var r = new Rendezvous();
            var e = c.Make(r, c.Slot(ref c.A), 1);
            c.EnterBlock();
            e.Trigger(3);
            Assert.Equal(3, c.A);
            Assert.True(c.BlockDone(9) && c.EndBlock());
            Assert.True(r.TryJoin());
        });
    }

    [Fact]
    public void An_unblocked_event_leaves_its_slot_alone()
    {
        Loops.RunBlocks(
            c =>
            {
                c.A = 5;
                Assert.True(c.Make(c.Slot(ref c.A), 1).Unblock());
                c.Make(c.Slot(ref c.A), 1).Unblocker.Trigger();
            },
            c => Assert.Equal(5, c.A));
    }

    [Fact]
    public void Several_values_go_to_several_slots()
    {
        Loops.RunBlocks(c =>
        {
            c.Make(c.Slot(ref c.A), c.Slot(ref c.Text), 1).Trigger(1, "one");
            Assert.Equal((1, "one"), (c.A, c.Text));
            c.Make(c.Slot(ref c.A), c.Slot(ref c.Text), c.Slot(ref c.B), 1).Trigger(2, "two", 22);
            Assert.Equal((2, "two", 22), (c.A, c.Text, c.B));
            c.Make(c.Slot(ref c.A), c.Slot(ref c.B), c.Slot(ref c.C), c.Slot(ref c.D), 1).Trigger(1, 2, 3, 4);
            Assert.Equal((1, 2, 3, 4), (c.A, c.B, c.C, c.D));
            c.Make(Slot<int>.Discard, c.Slot(ref c.B), 1).Trigger(8, 9);
            Assert.Equal((1, 9), (c.A, c.B));
        });
    }

    [Fact]
    public void Slots_lie_in_array_elements_struct_fields_and_statics()
    {
        var array = new (int Number, string? Name)[4, 4];
        var strings = new string?[3];
        Loops.RunBlocks(c =>
        {
            var number = c.Make(Slot.At(array, ref array[2, 3].Number), 1);
            var name = c.Make(Slot.At(array, ref array[2, 3].Name), 1);
            var text = c.Make(Slot.At(strings, ref strings[2]), 1);
            GC.Collect();
            number.Trigger(23);
            name.Trigger("deep");
            text.Trigger("last");
            c.Make(Slot.Static<int>(static value => s_static = value), 1).Trigger(77);
            c.Make(Slot<string>.Discard, 1).Trigger("nowhere");
        });
        Assert.Equal((23, "deep"), array[2, 3]);
        Assert.Equal([null, null, "last"], strings);
        Assert.Equal(77, s_static);
    }

    [Fact]
    public void The_detached_event_takes_everything_and_never_completes()
    {
        Assert.True(Event.Detached.IsPending);
        Assert.True(Event.Detached.Trigger());
        Assert.True(Event.Detached.Unblock());
        Assert.True(Event.Detached.IsPending);
        Loops.Run(done =>
        {
            Assert.True(Event.Detached.Trigger());
            Event.Detached.AtTrigger(done);
            Primitives.asap(Event.Detached);
            Assert.True(done.IsPending);
            done.Trigger();
        });
    }

    [Fact]
    public void A_stale_handle_is_nobody_elses_event()
    {
        Event stale = default;
        Loops.RunBlocks(
            c =>
            {
                stale = c.Make(1);
                stale.Trigger();
            },
            c =>
            {
                var fresh = c.Make(2);
                Assert.False(stale.IsPending);
                Assert.False(stale.Trigger());
                Assert.True(fresh.IsPending);
                fresh.Trigger();
            });
        Assert.False(stale.Trigger());
    }
}
