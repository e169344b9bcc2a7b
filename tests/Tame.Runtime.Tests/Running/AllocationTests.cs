using Tame.CompilerServices;

namespace Tame.Runtime.Tests.Running;

[Collection(nameof(Alone))]
public sealed class AllocationTests
{
    private const int Warmup = 20_000;
    private const int Waits = 100_000;

    [Fact]
    public void A_wait_on_a_block_allocates_nothing() => Measure(static c => Primitives.asap(c.Make(c.Slot(ref c.A), 1).Unblocker));

    [Fact]
    public void A_timer_allocates_nothing() => Measure(static c => Primitives.timer(TimeSpan.FromTicks(1), c.Make(1)));

    [Fact]
    public void A_cancelled_timer_allocates_nothing() => Measure(static c =>
    {
        var e = c.Make(1);
        Primitives.timer(TimeSpan.FromHours(1), e);
        e.Trigger();
        Primitives.asap(c.Make(1));
    });

    [Fact]
    public void A_second_timer_of_an_event_allocates_nothing() => Measure(static c =>
    {
        var e = c.Make(1).WithTimeout(TimeSpan.FromHours(1));
        Primitives.timer(TimeSpan.FromHours(1), e);
        e.Trigger();
        Primitives.asap(c.Make(2));
    });

    [Fact]
    public void A_time_limit_that_is_kept_allocates_nothing() => Measure(static c =>
    {
        c.Make(1).WithTimeout(TimeSpan.FromHours(1)).Trigger();
        Primitives.asap(c.Make(2).WithTimeout(TimeSpan.FromHours(1), c.Make(c.Slot(ref c.InTime), 3)));
    });

    [Fact]
    public void A_time_limit_that_is_over_and_told_allocates_nothing() => Measure(static c =>
    {
        c.Make(1).WithTimeout(TimeSpan.FromTicks(1), c.Make(c.Slot(ref c.InTime), 2));
    });

    [Fact]
    public void Several_slots_allocate_nothing() => Measure(static c =>
    {
        c.Make(c.Slot(ref c.A), c.Slot(ref c.B), 1).Trigger(1, 2);
        Primitives.asap(c.Make(c.Slot(ref c.A), c.Slot(ref c.B), c.Slot(ref c.C), 1).Unblocker);
    });

    [Fact]
    public void A_chained_event_allocates_nothing() => Measure(static c =>
    {
        var e = c.Make(1);
        e.AtTrigger(c.Make(2));
        Primitives.asap(e);
    });

    [Fact]
    public void A_chained_event_that_is_undone_allocates_nothing() => Measure(static c =>
    {
        var e = c.Make(1);
        var other = c.Make(2);
        var first = e.AtTrigger(other);
        e.AtTrigger(other);
        first.Dispose();
        Primitives.asap(e);
    });

    [Fact]
    public void A_call_that_waits_allocates_nothing() => Measure(static c => Inner(c.Make(1)));

    [Fact]
    public void A_fan_of_a_hundred_calls_allocates_nothing() => Measure(
        static c =>
        {
            for (int i = 0; i < 100; i++)
                Inner(c.Make(i));
        },
        waits: 2_000);

    [Fact]
    public void Nested_blocks_allocate_nothing() => Measure(static c =>
    {
        c.EnterBlock();
        c.Make(1).Trigger();
        c.EnterBlock();
        c.Make(2).Trigger();
        if (!c.BlockDone(9) || !c.EndBlock() || !c.BlockDone(9) || !c.EndBlock())
            throw new InvalidOperationException("A complete block waited.");
        Primitives.asap(c.Make(3));
    });

    [Theory]
    [InlineData(8)]
    [InlineData(200)]
    public void A_rendezvous_that_is_used_again_allocates_nothing(int events)
    {
        var r = new Rendezvous<int>();
        Measure(c =>
        {
            for (int i = 0; i < events; i++)
                c.Make(r, i, c.Slot(ref c.A), 1).Trigger(i);
            while (r.TryJoin(out int id))
                c.B += id;
            Primitives.asap(c.Make(3));
        });
    }

    [Fact]
    public void A_window_of_calls_on_a_rendezvous_allocates_nothing()
    {
        long allocated = -1;
        Loops.Run(done =>
        {
            var r = new Rendezvous<int>();
            long before = 0;
            Call.Start(
                c =>
                {
                    bool resumed = c.State == 1;
                    while (true)
                    {
                        if (resumed)
                        {
                            if (!c.JoinReady(1) || !c.EndJoin(ref c.B))
                                return;
                            c.C++;
                            resumed = false;
                        }
                        if (c.C == Warmup)
                            before = GC.GetAllocatedBytesForCurrentThread();
                        if (c.C == Warmup + Waits)
                            break;
                        for (; c.A - c.C < 64; c.A++)
                            Inner(c.Make(r, c.A, 1));
                        c.BeginJoin(r);
                        if (!c.JoinReady(1))
                            return;
                        if (!c.EndJoin(ref c.B))
                            return;
                        c.C++;
                    }
                    allocated = GC.GetAllocatedBytesForCurrentThread() - before;
                    c.Done.Trigger();
                },
                done);
        },
        closures: 63);
        Assert.Equal(0, allocated);
    }

    [Fact]
    public void Pools_balance()
    {
        Loops.Run(done =>
        {
            var loop = EventLoop.Current!;
            int lifelines = -1;
            Call.Start(
                c =>
                {
                    if (c.State == 1 && !c.EndBlock())
                        return;
                    if (c.A == 10)
                        lifelines = loop.Pools.Lifelines.Count;
                    if (c.A++ == 1000)
                    {
                        Assert.Equal(lifelines, loop.Pools.Lifelines.Count);
                        c.Done.Trigger();
                        return;
                    }
                    c.EnterBlock();
                    var r = new Rendezvous();
                    c.Make(r, 1).Trigger();
                    Assert.True(r.TryJoin());
                    for (int i = 0; i < 5; i++)
                        Inner(c.Make(1));
                    if (c.BlockDone(1))
                        Assert.Fail("The block did not wait.");
                },
                done);
        });
    }

    [Fact]
    public void Pools_shrink_after_a_peak()
    {
        Loops.RunBlocks(
            c =>
            {
                for (int i = 0; i < 10_000; i++)
                    Inner(c.Make(1));
            },
            c => Primitives.timer(TimeSpan.FromHours(1), c.Make(1)),
            _ =>
            {
                var loop = EventLoop.Current!;
                Assert.True(loop.Pools.CountOf(Call.Pool) > 5_000 && loop.Calls.Held > 5_000);
                for (int i = 0; i < 20; i++)
                    loop.Trim();
                Assert.True(loop.Pools.CountOf(Call.Pool) < 100);
                Assert.True(loop.Calls.Held < 200);
            });
    }

    /// <summary>A call that waits for the next pass.</summary>
    private static void Inner(Event done) => Call.Start(s_inner, done);

    private static readonly Action<Call> s_inner = static c =>
    {
        if (c.State == 0)
        {
            c.EnterBlock();
            Primitives.asap(c.Make(1));
            if (!c.BlockDone(1))
                return;
        }
        if (c.EndBlock())
            c.Done.Trigger();
    };

    /// <summary>Runs a block repeatedly, and counts the bytes that are allocated after a warm-up.</summary>
    private static void Measure(Action<Call> block, int waits = Waits)
    {
        long allocated = -1;
        Loops.Run(done =>
        {
            long before = 0;
            int round = 0;
            Call.Start(
                c =>
                {
                    while (true)
                    {
                        if (c.State == 1 && !c.EndBlock())
                            return;
                        if (round == Math.Min(Warmup, waits))
                            before = GC.GetAllocatedBytesForCurrentThread();
                        if (round++ == Math.Min(Warmup, waits) + waits)
                            break;
                        c.EnterBlock();
                        block(c);
                        if (!c.BlockDone(1))
                            return;
                    }
                    allocated = GC.GetAllocatedBytesForCurrentThread() - before;
                    c.Done.Trigger();
                },
                done);
        });
        Assert.Equal(0, allocated);
    }
}
