namespace Tame.Stages.Tests.Handling;

[Collection(nameof(Alone))]
public sealed partial class AllocationTests
{
    private const int Items = 5_000;

    [Fact]
    public void A_hop_between_two_stages_on_one_loop_allocates_nothing() => Assert.Equal(0, Measure(Hopping));

    [Fact]
    public void A_queued_hop_allocates_nothing() => Assert.Equal(0, Measure(Queued));

    [Fact]
    public void An_offer_that_waits_for_room_allocates_nothing() => Assert.Equal(0, Measure(Waiting));

    [Fact]
    public void Batches_and_keys_allocate_nothing() => Assert.Equal(0, Measure(Batched));

    private static long Measure(Action<Event<long>> body) => EventLoop.Run(body);

    [Tamed]
    private static partial void Hopping(Event<long> done);

    private static void HoppingBody(Event<long> done)
    {
        long sum = 0, before = 0;
        var second = Stage.OnLoop<int>("second", (item, e) =>
        {
            sum += item;
            e.Trigger();
        });
        var first = Stage.OnLoop<int>("first", (item, e) =>
        {
            second.TryEnqueue(item);
            e.Trigger();
        });
        for (int i = 0; i < 2 * Items; i++)
        {
            if (i == Items)
                before = GC.GetAllocatedBytesForCurrentThread();
            if (first.TryEnqueue(1) != EnqueueOutcome.Accepted)
                break;
        }
        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(2 * Items, sum);
        done.Trigger(bytes);
    }

    [Tamed]
    private static partial void Queued(Event<long> done);

    private static void QueuedBody(Event<long> done)
    {
        var second = Stage.OnLoop<int>("second", Wait, new() { MaxConcurrency = 3 });
        var first = Stage.OnLoop<int>("first", (item, e) =>
        {
            second.TryEnqueue(item);
            e.Trigger();
        });
        long before = 0;
        for (int i = 0; i < 400; i++)
        {
            if (i == 200)
                before = GC.GetAllocatedBytesForCurrentThread();
            for (int k = 0; k < 10; k++)
                first.TryEnqueue(k);
            while (second.Running + second.Length != 0)
                twait(e => asap(e));
        }
        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(4_000, second.Statistics.Completed);
        done.Trigger(bytes);
    }

    [Tamed]
    private static partial void Waiting(Event<long> done);

    private static void WaitingBody(Event<long> done)
    {
        var stage = Stage.OnLoop<int>("s", Wait, new() { Capacity = 1 });
        long before = 0;
        for (int i = 0; i < 1_000; i++)
        {
            if (i == 500)
                before = GC.GetAllocatedBytesForCurrentThread();
            twait(e => stage.Enqueue(i, e), out EnqueueOutcome _);
        }
        done.Trigger(GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Tamed]
    private static partial void Batched(Event<long> done);

    private static void BatchedBody(Event<long> done)
    {
        var stage = Stage.OnLoopInBatches<int>("s", (_, e) => e.Trigger(), new() { OrderBy = StageOrder.By((int item) => item % 4) });
        long before = 0;
        for (int i = 0; i < 400; i++)
        {
            if (i == 200)
                before = GC.GetAllocatedBytesForCurrentThread();
            for (int k = 0; k < 10; k++)
                stage.TryEnqueue(k);
            while (stage.Running + stage.Length != 0)
                twait(e => asap(e));
        }
        done.Trigger(GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Tamed]
    private static partial void Wait(int item, Event done);

    private static void WaitBody(int item, Event done)
    {
        twait(e => asap(e));
        done.Trigger();
    }
}
