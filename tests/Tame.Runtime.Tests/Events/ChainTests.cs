namespace Tame.Runtime.Tests.Events;

public sealed class ChainTests
{
    [Fact]
    public void At_trigger_fires_for_every_way_of_completing()
    {
        Loops.RunBlocks(c =>
        {
            var targets = new Event[4];
            for (int i = 0; i < 4; i++)
                targets[i] = c.Make(1);
            var r = new Rendezvous();
            Event triggered = c.Make(r, 1), failed = c.Make(r, 1), unblocked = c.Make(r, 1), cancelled = c.Make(r, 1);
            triggered.AtTrigger(targets[0]);
            failed.AtTrigger(targets[1]);
            unblocked.AtTrigger(targets[2]);
            cancelled.AtTrigger(targets[3]);
            Assert.All(targets, e => Assert.True(e.IsPending));
            triggered.Trigger();
            failed.Fail(new InvalidOperationException());
            unblocked.Unblock();
            Assert.Equal([false, false, false, true], targets.Select(e => e.IsPending));
            r.Cancel();
            Assert.False(targets[3].IsPending);
            Assert.False(cancelled.Trigger());
        });
    }

    [Fact]
    public void At_trigger_on_a_complete_or_empty_event_fires_at_once()
    {
        Loops.RunBlocks(c =>
        {
            Event complete = c.Make(1), first = c.Make(1), second = c.Make(1);
            complete.Trigger();
            complete.AtTrigger(first);
            default(Event).AtTrigger(second);
            Assert.False(first.IsPending);
            Assert.False(second.IsPending);
        });
    }

    [Fact]
    public void Several_at_triggers_fire_in_the_order_of_adding()
    {
        var log = new List<int>();
        Loops.RunBlocks(main =>
        {
            var source = main.Make(1);
            for (int i = 0; i < 4; i++)
            {
                int me = i;
                Call.Blocks(main.Make(1), c => source.AtTrigger(c.Make(2)), _ => log.Add(me));
            }
            source.Trigger();
        });
        Assert.Equal([0, 1, 2, 3], log);
    }

    [Fact]
    public void A_million_links_need_no_stack()
    {
        Loops.RunBlocks(c =>
        {
            var r = new Rendezvous();
            var first = c.Make(r, 1);
            var last = first;
            for (int i = 0; i < 1_000_000; i++)
            {
                var next = c.Make(r, 1);
                last.AtTrigger(next);
                last = next;
            }
            first.Trigger();
            Assert.False(last.IsPending);
            Assert.Equal(1_000_001, r.Ready);
            r.Cancel();
        });
    }
}
