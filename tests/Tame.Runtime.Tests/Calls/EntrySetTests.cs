using CsCheck;

namespace Tame.Runtime.Tests.Calls;

/// <summary>How a rendezvous keeps its events.</summary>
public sealed class EntrySetTests
{
    [Fact]
    public void A_few_records_stay_while_others_are_outstanding_and_the_rest_go_back_to_their_pool() =>
        Loops.RunBlocks(c =>
        {
            var r = new Rendezvous();
            var events = Enumerable.Range(0, 100).Select(_ => c.Make(r, 1)).ToArray();
            foreach (var e in events[..98])
                Assert.True(e.Trigger() && r.TryJoin());
            Assert.Equal((2, 0), (r.Waiting, r.Ready));
            Assert.Equal(98 - 16, c.Loop!.Pools.Entries.Count);

            for (int i = 0; i < 100; i++)
                Assert.True(c.Make(r, 1).Trigger() && r.TryJoin());
            Assert.Equal(98 - 2, c.Loop!.Pools.Entries.Count);

            foreach (var e in events[98..])
                Assert.True(e.Trigger() && r.TryJoin());
            Assert.Equal(100, c.Loop!.Pools.Entries.Count);
        });

    [Fact]
    public void Whatever_is_made_triggered_joined_and_cancelled_is_joined_in_order_and_once() =>
        Gen.Select(Gen.Int[0, 2], Gen.Int[0, 30]).Array[1, 200].Sample(
            steps => Loops.RunBlocks(c =>
            {
                var r = new Rendezvous<int>();
                int made = 0;
                var pending = new List<(int Id, Event Event)>();
                var ready = new Queue<int>();
                foreach (var (kind, which) in steps)
                {
                    if (kind == 0)
                    {
                        pending.Add((made, c.Make(r, made, 1)));
                        made++;
                    }
                    else if (kind == 1 && pending.Count != 0)
                    {
                        var (id, e) = pending[which % pending.Count];
                        pending.RemoveAt(which % pending.Count);
                        Assert.True(e.Trigger());
                        ready.Enqueue(id);
                    }
                    else if (kind == 2)
                    {
                        Assert.Equal(ready.TryDequeue(out int expected), r.TryJoin(out int joined));
                        Assert.Equal(expected, joined);
                    }
                    Assert.Equal((pending.Count, ready.Count), (r.Waiting, r.Ready));
                }

                var log = new Rendezvous<int>();
                foreach (var (id, e) in pending.AsEnumerable().Reverse())
                    e.AtTrigger(c.Make(log, id, 1));
                r.Cancel();
                Assert.Equal((0, 0), (r.Waiting, r.Ready));
                var cancelled = new List<int>();
                while (log.TryJoin(out int id))
                    cancelled.Add(id);
                Assert.Equal(pending.Select(p => p.Id).Order(), cancelled);
                Assert.All(pending, p => Assert.False(p.Event.Trigger()));
            }),
            iter: 300, threads: 1);
}
