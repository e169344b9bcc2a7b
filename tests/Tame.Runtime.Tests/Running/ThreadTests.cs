using Tame.CompilerServices;

namespace Tame.Runtime.Tests.Running;

public sealed class ThreadTests
{
    [Fact]
    public void Events_can_be_completed_from_any_thread()
    {
        EventLoop.Run(done => Call.Blocks(
            done,
            c =>
            {
                var one = c.Make(c.Slot(ref c.A), 1);
                var two = c.Make(c.Slot(ref c.B), c.Slot(ref c.Text), 1);
                var three = c.Make(Slot<int>.Discard, Slot<int>.Discard, c.Slot(ref c.C), 1);
                var four = c.Make(Slot<int>.Discard, Slot<int>.Discard, Slot<int>.Discard, c.Slot(ref c.D), 1);
                var plain = c.Make(1);
                new Thread(() =>
                {
                    Assert.True(one.Trigger(1) && two.Trigger(2, "two") && three.Trigger(0, 0, 3) && four.Trigger(0, 0, 0, 4));
                    Assert.True(plain.IsPending && plain.Trigger());
                }).Start();
            },
            c => Assert.Equal((1, 2, "two", 3, 4), (c.A, c.B, c.Text, c.C, c.D))));
    }

    [Fact]
    public void Of_many_threads_that_trigger_one_event_the_first_wins_once()
    {
        int resumed = 0;
        EventLoop.Run(done => Call.Blocks(
            done,
            c =>
            {
                var e = c.Make(c.Slot(ref c.A), 1);
                for (int i = 1; i <= 4; i++)
                {
                    int me = i;
                    new Thread(() => e.Trigger(me)).Start();
                }
            },
            c =>
            {
                Assert.InRange(c.A, 1, 4);
                resumed++;
            }));
        Assert.Equal(1, resumed);
    }

    [Fact]
    public void Posts_of_one_sender_arrive_in_order()
    {
        var log = new List<int>();
        using var loop = new EventLoop();
        using (loop.HoldTime())
        {
            var sender = new Thread(() =>
            {
                for (int i = 0; i < 10_000; i++)
                {
                    int me = i;
                    loop.Post(() => log.Add(me));
                }
                loop.Post(loop.Stop);
            });
            sender.Start();
            loop.Run();
            sender.Join();
        }
        loop.Run();
        Assert.Equal(Enumerable.Range(0, 10_000), log);
    }

    [Fact]
    public void A_million_triggers_from_two_threads_lose_nothing()
    {
        const int Rounds = 2000, Fan = 100;
        int sum = 0;
        EventLoop.Run(done =>
        {
            var queue = new System.Collections.Concurrent.BlockingCollection<Event<int>>();
            for (int i = 0; i < 2; i++)
            {
                new Thread(() =>
                {
                    foreach (var e in queue.GetConsumingEnumerable())
                        e.Trigger(1);
                }).Start();
            }
            int round = 0;
            var slots = new int[Fan];
            Call.Start(
                c =>
                {
                    while (true)
                    {
                        if (c.State == 1 && !c.EndBlock())
                            return;
                        sum += slots.Sum();
                        Array.Clear(slots);
                        if (round++ == Rounds)
                            break;
                        c.EnterBlock();
                        for (int i = 0; i < Fan; i++)
                            queue.Add(c.Make(Slot.At(slots, ref slots[i]), 1));
                        if (!c.BlockDone(1))
                            return;
                    }
                    queue.CompleteAdding();
                    c.Done.Trigger();
                },
                done);
        });
        Assert.Equal(Rounds * Fan, sum);
    }

    [Fact]
    public void Two_loops_on_two_threads_trigger_each_others_events()
    {
        var ping = new System.Collections.Concurrent.BlockingCollection<Event<Event>>();
        var server = new Thread(() => EventLoop.Run(done => Call.Start(
            c =>
            {
                while (true)
                {
                    if (c.State == 1)
                    {
                        if (!c.EndBlock())
                            return;
                        ((Event)c.Held!).Trigger();
                    }
                    if (c.A++ == 500)
                        break;
                    c.EnterBlock();
                    var box = new Event[1];
                    c.Held = null;
                    ping.Add(c.Make(Slot.Static<Event>(e => c.Held = e), 1));
                    if (!c.BlockDone(1))
                        return;
                }
                c.Done.Trigger();
            },
            done)));
        server.Start();
        EventLoop.Run(done => Call.Start(
            c =>
            {
                while (true)
                {
                    if (c.State == 1 && !c.EndBlock())
                        return;
                    if (c.A++ == 500)
                        break;
                    c.EnterBlock();
                    ping.Take().Trigger(c.Make(1));
                    if (!c.BlockDone(1))
                        return;
                }
                c.Done.Trigger();
            },
            done));
        Assert.True(server.Join(Loops.Hang));
    }

    [Fact]
    public void At_trigger_goes_through_the_events_own_loop()
    {
        EventLoop.Run(done => Call.Blocks(done, c =>
        {
            Event e = c.Make(1), other = c.Make(1);
            new Thread(() =>
            {
                e.AtTrigger(other);
                e.Trigger();
            }).Start();
        }));
    }

    [Fact]
    public void An_at_trigger_and_a_timeout_on_their_way_to_a_loop_that_ends_are_told_that_the_event_is_complete()
    {
        var loop = new EventLoop();
        Event e = default;
        Call.Start(c =>
        {
            if (c.State != 0)
                return;
            c.EnterBlock();
            e = c.Make(1);
            c.BlockDone(1);
        });
        bool inTime = false;
        var other = new Thread(() => EventLoop.Run(done => Call.Blocks(
            done,
            c =>
            {
                e.AtTrigger(c.Make(1));
                e.WithTimeout(TimeSpan.FromHours(1), c.Make(Slot.Static<bool>(value => inTime = value), 1));
            })));
        other.Start();
        Assert.True(SpinWait.SpinUntil(() => !loop.Inbox.IsEmpty, Loops.Hang));
        loop.Dispose();
        Assert.True(other.Join(Loops.Hang), "The other loop hangs.");
        Assert.True(inTime);
    }

    [Fact]
    public void A_loop_that_has_ended_keeps_nothing()
    {
        Event e = default;
        Loops.Run(done =>
        {
            Call.Blocks(default, c => e = c.Make(1));
            done.Trigger();
        },
        lifelines: 1);
        var weak = Send(e);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.False(weak.TryGetTarget(out _));
        Assert.False(e.IsPending);
    }

    private static WeakReference<Exception> Send(Event e)
    {
        var error = new InvalidOperationException();
        Assert.False(e.Fail(error));
        return new WeakReference<Exception>(error);
    }
}
