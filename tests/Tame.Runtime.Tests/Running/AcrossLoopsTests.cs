using System.Collections.Concurrent;
using Tame.CompilerServices;

namespace Tame.Runtime.Tests.Running;

/// <summary>Events of one loop that another thread or loop uses.</summary>
public sealed class AcrossLoopsTests
{
    [Fact]
    public void True_means_handed_over_while_it_looked_pending_and_the_loop_decides_in_inbox_order_who_won()
    {
        Loops.RunBlocks(
            c =>
            {
                var inboxOrder = c.Make(c.Slot(ref c.A), 1);
                Loops.OnThread(() => Assert.True(inboxOrder.Trigger(1)));
                Loops.OnThread(() => Assert.True(inboxOrder.Trigger(2) && inboxOrder.Fail(new InvalidOperationException())));
                Assert.True(inboxOrder.IsPending);
                var ownFirst = c.Make(c.Slot(ref c.B), 1);
                Loops.OnThread(() => Assert.True(ownFirst.Trigger(1)));
                Assert.True(ownFirst.Trigger(3));
                Loops.OnThread(() => Assert.False(ownFirst.Trigger(4)));
            },
            c => Assert.Equal((1, 3), (c.A, c.B)));
    }

    [Fact]
    public void A_sum_a_chain_and_a_timeout_across_loops_go_through_the_events_own_loop()
    {
        bool? inTime = null;
        var strayed = new ConcurrentBag<string>();
        using var asked = new ManualResetEventSlim();       // until then the events' own loop takes nothing
        using var given = new BlockingCollection<(Event<int> Summed, Event Chained, Event Late)>();
        Exception? thrown = null;
        var other = new Thread(() => thrown = Xunit.Record.Exception(() => EventLoop.Run(done => Call.Blocks(
            done,
            c =>
            {
                var (summed, chained, late) = given.Take();
                var sum = summed + c.Make(c.Slot(ref c.A), 1);
                chained.AtTrigger(c.Make(1));
                late.WithTimeout(TimeSpan.FromMilliseconds(1), c.Make(Slot.Static<bool>(value => inTime = value), 1));
                Assert.True(sum.Trigger(9) && chained.Trigger());
                Assert.True(summed.IsPending && chained.IsPending);
                asked.Set();
            },
            c => Assert.Equal((9, false), (c.A, inTime))))));
        other.Start();
        EventLoop.Run(done => Call.Blocks(
            done,
            c =>
            {
                int home = Environment.CurrentManagedThreadId;
                given.Add((
                    c.Make(Slot.Static<int>(value => Note("sum", value == 9 && Environment.CurrentManagedThreadId == home)), 1),
                    c.Make(1),
                    c.Make(1)));
                Assert.True(asked.Wait(Loops.Hang), "The other loop did not get so far.");
                void Note(string what, bool atHome)
                {
                    if (!atHome)
                        strayed.Add(what);
                }
            }));
        Assert.True(other.Join(Loops.Hang), "The other loop hangs.");
        Assert.Null(thrown);
        Assert.Empty(strayed);
    }
}
