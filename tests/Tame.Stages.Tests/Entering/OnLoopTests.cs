namespace Tame.Stages.Tests.Entering;

public sealed partial class OnLoopTests
{
    [Fact]
    public void An_item_is_handled_at_once_on_the_stack_of_the_caller() => Loops.Run(done =>
    {
        var handled = new List<int>();
        var stage = Stage.OnLoop<int>("s", (item, end) =>
        {
            handled.Add(item);
            end.Trigger();
        });
        Assert.Equal(EnqueueOutcome.Accepted, stage.TryEnqueue(1));
        Assert.Equal([1], handled);
        Assert.Equal((0, 0), (stage.Length, stage.Running));
        done.Trigger();
    });

    [Fact]
    public void No_more_calls_than_the_limit_are_under_way_and_the_others_begin_in_their_order() => Loops.Run(Limited);

    [Fact]
    public void A_full_queue_refuses_and_leaves_the_event_alone() => Loops.Run(Refused);

    [Fact]
    public void A_waiter_is_let_in_when_there_is_room_and_none_overtakes_it() => Loops.Run(Waited);

    [Fact]
    public void A_waiter_whose_event_is_completed_otherwise_is_not_enqueued() => Loops.Run(Left);

    [Fact]
    public void An_event_of_an_item_completes_when_it_is_handled() => Loops.Run(Completed);

    [Tamed]
    private static partial void Limited(Event done);

    private static void LimitedBody(Event done)
    {
        var held = new Held();
        var stage = Stage.OnLoop<int>("s", held.Handle, new() { MaxConcurrency = 2 });
        for (int i = 1; i <= 5; i++)
            stage.TryEnqueue(i);
        Assert.Equal((2, 3), (stage.Running, stage.Length));
        held.End();
        twait(e => timer(TimeSpan.FromSeconds(1), e));
        Assert.Equal([1, 2, 3], held.Begun);
        held.EndAll();
        twait(e => timer(TimeSpan.FromSeconds(1), e));
        Assert.Equal([1, 2, 3, 4, 5], held.Begun);
        held.EndAll();
        done.Trigger();
    }

    [Tamed]
    private static partial void Refused(Event done);

    private static void RefusedBody(Event done)
    {
        var held = new Held();
        var stage = Stage.OnLoop<int>("s", held.Handle, new() { Capacity = 1 });
        stage.TryEnqueue(1);
        stage.TryEnqueue(2);
        using var r = new Rendezvous<int>();
        var e = mkevent(r, 7);
        Assert.Equal(EnqueueOutcome.Full, stage.TryEnqueue(3, e));
        Assert.True(e.IsPending);
        e.Trigger();
        held.EndAll();
        twait(e => timer(TimeSpan.FromSeconds(1), e));
        held.EndAll();
        Assert.Equal([1, 2], held.Begun);
        done.Trigger();
    }

    [Tamed]
    private static partial void Waited(Event done);

    private static void WaitedBody(Event done)
    {
        var held = new Held();
        var stage = Stage.OnLoop<int>("s", held.Handle, new() { Capacity = 1 });
        stage.TryEnqueue(1);
        stage.TryEnqueue(2);
        using var r = new Rendezvous<int>();
        stage.Enqueue(3, mkevent(r, 3, out EnqueueOutcome outcome));
        Assert.Equal(1, stage.Waiting);
        Assert.Equal(EnqueueOutcome.Full, stage.TryEnqueue(4));
        held.End();
        twait(r, out int id);
        Assert.Equal((3, EnqueueOutcome.Accepted), (id, outcome));
        Assert.Equal([1, 2], held.Begun);
        held.End();
        twait(e => timer(TimeSpan.FromSeconds(1), e));
        Assert.Equal([1, 2, 3], held.Begun);
        held.End();
        done.Trigger();
    }

    [Tamed]
    private static partial void Left(Event done);

    private static void LeftBody(Event done)
    {
        var held = new Held();
        var stage = Stage.OnLoop<int>("s", held.Handle, new() { Capacity = 1 });
        stage.TryEnqueue(1);
        stage.TryEnqueue(2);
        using (var r = new Rendezvous<int>())
            stage.Enqueue(3, mkevent(r, 3, out EnqueueOutcome _));
        Assert.Equal(0, stage.Waiting);
        held.End();
        twait(e => timer(TimeSpan.FromSeconds(1), e));
        held.End();
        twait(e => timer(TimeSpan.FromSeconds(1), e));
        Assert.Equal([1, 2], held.Begun);
        done.Trigger();
    }

    [Tamed]
    private static partial void Completed(Event done);

    private static void CompletedBody(Event done)
    {
        var held = new Held();
        var stage = Stage.OnLoop<int>("s", held.Handle);
        using var r = new Rendezvous<int>();
        var e = mkevent(r, 1);
        stage.TryEnqueue(1, e);
        Assert.True(e.IsPending);
        held.End();
        twait(r, out int id);
        Assert.Equal(1, id);
        done.Trigger();
    }
}
