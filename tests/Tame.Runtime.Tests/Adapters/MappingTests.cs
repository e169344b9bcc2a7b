using Tame.CompilerServices;

namespace Tame.Runtime.Tests.Adapters;

public sealed class MappingTests
{
    [Fact]
    public void A_sum_completes_both_events_alike()
    {
        Loops.RunBlocks(
            c =>
            {
                var sum = c.Make(1) + c.Make(1);
                Assert.True(sum.Trigger());
                Assert.False(sum.Trigger());
                var values = c.Make(c.Slot(ref c.A), 1) + c.Make(c.Slot(ref c.B), 1);
                values.Trigger(6);
                var unblocked = c.Make(c.Slot(ref c.C), 1) + c.Make(c.Slot(ref c.D), 1);
                unblocked.Unblock();
            },
            c => Assert.Equal((6, 6, 0, 0), (c.A, c.B, c.C, c.D)));
        var error = new InvalidOperationException();
        Assert.Same(error, Assert.Throws<InvalidOperationException>(() => Loops.RunBlocks(c => (c.Make(1) + c.Make(1)).Fail(error))));
    }

    [Fact]
    public void A_sum_is_complete_when_both_of_its_events_are()
    {
        Loops.RunBlocks(c =>
        {
            Event left = c.Make(1), right = c.Make(1), told = c.Make(1);
            var sum = left + right;
            sum.AtTrigger(told);
            left.Trigger();
            Assert.True(sum.IsPending);
            right.Trigger();
            Assert.False(sum.IsPending);
            Assert.False(told.IsPending);
            Assert.False(sum.Trigger());
            Assert.Equal(default, left + default(Event));
            var only = c.Make(1);
            Assert.Equal(only, left + only);
            only.Trigger();
        });
    }

    [Fact]
    public void A_bound_event_triggers_with_its_value()
    {
        Loops.RunBlocks(
            c =>
            {
                var target = c.Make(c.Slot(ref c.A), 1);
                var bound = target.Bind(12);
                bound.Trigger();
                Assert.False(target.IsPending);
                Assert.Equal(default, target.Bind(13));
                var late = c.Make(c.Slot(ref c.B), 1);
                var emptied = late.Bind(14);
                late.Trigger(15);
                Assert.False(emptied.Trigger());
            },
            c => Assert.Equal((12, 15), (c.A, c.B)));
    }

    [Fact]
    public void A_mapped_event_triggers_with_what_the_function_makes()
    {
        Loops.RunBlocks(
            c =>
            {
                c.B = 7;
                var e = c.Make(c.Slot(ref c.A), 1).Map((string text) => text.Length);
                e.Trigger("four");
                Assert.Equal(4, c.A);
                c.Make(c.Slot(ref c.B), 1).Map((string text) => text.Length).Unblock();
            },
            c => Assert.Equal(7, c.B));
    }

    [Fact]
    public void What_a_mapping_throws_is_the_events_failure()
    {
        Assert.Throws<ArithmeticException>(() => Loops.RunBlocks(c =>
            c.Make(c.Slot(ref c.A), 1).Map<int, int>(_ => throw new ArithmeticException()).Trigger(1)));
    }

    [Fact]
    public void A_mapping_runs_inside_trigger_on_the_loops_thread()
    {
        var log = new List<string>();
        int home = Environment.CurrentManagedThreadId;
        EventLoop.Run(done => Call.Blocks(
            done,
            c =>
            {
                Noted(c, "here").Trigger(1);
                log.Add("after here");
                var e = Noted(c, "from elsewhere");
                new Thread(() => e.Trigger(1)).Start();
            },
            _ => log.Add("resumed")));
        Assert.Equal(["here", "after here", "from elsewhere", "resumed"], log);

        Event<int> Noted(Call c, string text) => c.Make(Slot<int>.Discard, 1).Map((int value) =>
        {
            log.Add(text);
            Assert.Equal(home, Environment.CurrentManagedThreadId);
            return value;
        });
    }

    [Fact]
    public void A_million_links_of_every_kind_need_no_stack()
    {
        Loops.RunBlocks(
            c =>
            {
                var r = new Rendezvous();
                var e = c.Make(c.Slot(ref c.A), 1);
                for (int i = 0; i < 250_000; i++)
                {
                    var sum = e.Bind(i) + c.Make(r, 1);
                    var chained = c.Make(r, Slot<int>.Discard, 1);
                    chained.AtTrigger(sum);
                    e = chained.Map((int value) => value);
                }
                c.A = -1;
                e.Trigger(5);
                Assert.Equal(0, r.Waiting);
                r.Cancel();
            },
            c => Assert.Equal(0, c.A));
    }

    [Fact]
    public void A_lost_adapter_loses_the_event_behind_it()
    {
        Assert.Throws<LostEventException>(() => Loops.RunBlocks(c => c.Make(c.Slot(ref c.A), 1).Bind(1)));
        Assert.Throws<LostEventException>(() => Loops.RunBlocks(c => _ = c.Make(1) + c.Make(2)));
    }

    [Fact]
    public void A_lost_adapter_leaves_nothing_on_the_events_behind_it()
    {
        Loops.RunOpenEnded(
            c =>
            {
                var lasting = c.Make(c.Slot(ref c.A), 1);
                c.Held = lasting;
                for (int i = 0; i < 10; i++)
                    Adapt(lasting, c.Make(new Rendezvous(), 1));
                Assert.Equal(50, HooksOf(lasting.Unblocker));
                Primitives.timer(TimeSpan.FromMinutes(1), c.Make(1));
                CollectUntil(c, () => HooksOf(lasting.Unblocker) == 0, 1000);
                lasting.Trigger(3);
            },
            c => Assert.Equal(3, c.A));

        static void Adapt(Event<int> lasting, Event other)
        {
            _ = lasting + lasting;
            _ = lasting.Unblocker + other;
            _ = lasting.Bind(1);
            _ = lasting.Map((string text) => text.Length);
        }
    }

    private static void CollectUntil(Call call, Func<bool> done, int tries)
    {
        for (; tries > 0 && !done(); tries--)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            foreach (var lost in Taken(call.Loop!))
                lost.Arrive(call.Loop!);
        }
        Assert.True(done());
    }

    private static List<Message> Taken(EventLoop loop)
    {
        var taken = new List<Message>();
        var messages = loop.Inbox.TakeAll();
        while (messages.TryTake(out var message))
            taken.Add(message);
        return taken;
    }

    private static int HooksOf(Event e)
    {
        int count = 0;
        for (Linked? hook = Event.FindHook<Hook>(e); hook is not null; hook = hook.Next)
            count++;
        return count;
    }
}
