namespace Tame.Stages.Tests.Entering;

public sealed partial class TogetherTests
{
    [Fact]
    public void Either_all_stages_get_their_items_or_none() => Loops.Run(AllOrNone);

    [Fact]
    public void A_stage_that_is_offered_two_items_needs_room_for_both() => Loops.Run(Twice);

    [Fact]
    public void A_refused_offer_leaves_its_key_free() => Loops.Run(Keyed);

    [Tamed]
    private static partial void AllOrNone(Event done);

    private static void AllOrNoneBody(Event done)
    {
        Held one = new(), two = new();
        var first = Stage.OnLoop<int>("first", one.Handle, new() { Capacity = 9 });
        var second = Stage.OnLoop<string>("second", (item, end) => two.Handle(item.Length, end), new() { Capacity = 1 });
        Assert.Equal(EnqueueOutcome.Accepted, Stage.TryEnqueueAll(out var refusedBy, first.Offer(1), second.Offer("a")));
        Assert.Null(refusedBy);
        Assert.Equal((1, 1), (first.Length, second.Length));
        Assert.Equal(EnqueueOutcome.Full, Stage.TryEnqueueAll(out refusedBy, first.Offer(2), second.Offer("bb")));
        Assert.Same(second, refusedBy);
        Assert.Equal((1, 1), (first.Length, second.Length));
        Assert.Equal((0, 1), (first.Statistics.RefusedFull, second.Statistics.RefusedFull));
        twait(e => timer(TimeSpan.FromSeconds(1), e));
        Assert.Equal([1], one.Begun);
        Assert.Equal([1], two.Begun);
        one.EndAll();
        two.EndAll();
        done.Trigger();
    }

    [Tamed]
    private static partial void Twice(Event done);

    private static void TwiceBody(Event done)
    {
        var held = new Held();
        var stage = Stage.OnLoop<int>("s", held.Handle, new() { Capacity = 3 });
        Assert.Equal(EnqueueOutcome.Accepted, Stage.TryEnqueueAll(stage.Offer(1), stage.Offer(2)));
        Assert.Equal(EnqueueOutcome.Full, Stage.TryEnqueueAll(stage.Offer(3), stage.Offer(4)));
        Assert.Equal(2, stage.Length);
        twait(e => stage.Stop(TimeSpan.Zero, e));
        Assert.Equal([1, 2], stage.Left);
        Assert.Equal(EnqueueOutcome.Stopping, Stage.TryEnqueueAll(stage.Offer(5)));
        done.Trigger();
    }

    [Tamed]
    private static partial void Keyed(Event done);

    private static void KeyedBody(Event done)
    {
        var held = new Held();
        var order = StageOrder.By((int item) => item % 10);
        var stage = Stage.OnLoop<int>("s", held.Handle, new() { OrderBy = order, MaxConcurrency = 5 });
        var stopped = Stage.OnLoop<int>("stopped", held.Handle);
        twait(e => stopped.Stop(TimeSpan.Zero, e));
        Assert.Equal(EnqueueOutcome.Stopping, Stage.TryEnqueueAll(stage.Offer(1), stopped.Offer(1)));
        stage.TryEnqueue(11);
        Assert.Equal([11], held.Begun);
        held.EndAll();
        done.Trigger();
    }
}
