namespace Tame.Stages.Tests.Stopping;

public sealed partial class StopTests
{
    [Fact]
    public void A_stop_at_once_hands_back_what_has_not_begun() => Loops.Run(AtOnce);

    [Fact]
    public void Before_the_deadline_the_stage_goes_on_and_at_the_deadline_it_hands_back_the_rest() => Loops.Run(AtDeadline);

    [Fact]
    public void Without_a_deadline_all_is_handled() => Loops.Run(Drained);

    [Fact]
    public void A_waiting_offer_completes_with_stopping() => Loops.Run(Waiting);

    [Fact]
    public void A_stage_that_has_stopped_before_it_started_gets_no_threads()
    {
        var stage = Stage.OnThreads<int>("s", _ => { }, new() { Threads = 2, IsPaused = true });
        stage.TryEnqueue(1);
        Assert.Equal([1], Loops.Wait(stage.StopAsync(Timeout.InfiniteTimeSpan)));
        stage.Start();
        Assert.Equal(0, stage.Concurrency);
    }

    [Tamed]
    private static partial void AtOnce(Event done);

    private static void AtOnceBody(Event done)
    {
        var held = new Held();
        var stage = Stage.OnLoop<int>("s", held.Handle);
        using var r = new Rendezvous<int>();
        stage.TryEnqueue(1, mkevent(r, 1));
        stage.TryEnqueue(2, mkevent(r, 2));
        stage.TryEnqueue(3);
        twait(e => stage.Stop(TimeSpan.Zero, e), out IReadOnlyList<int> left);
        Assert.Equal([2, 3], left);
        Assert.Equal(EnqueueOutcome.Stopping, stage.TryEnqueue(4));
        twait(r, out int id, out Exception? error);
        Assert.Equal(2, id);
        Assert.IsType<OperationCanceledException>(error);
        Assert.Equal((1, 0), (stage.Running, stage.Length));
        held.End();
        twait(r, out id);
        Assert.Equal(1, id);
        twait(e => stage.Stop(TimeSpan.Zero, e), out left);
        Assert.Equal([2, 3], left);
        done.Trigger();
    }

    [Tamed]
    private static partial void AtDeadline(Event done);

    private static void AtDeadlineBody(Event done)
    {
        var handled = new List<int>();
        var stage = Stage.OnLoop<int>("s", (item, end) => Slow(item, handled, end));
        for (int i = 1; i <= 5; i++)
            stage.TryEnqueue(i);
        twait(e => stage.Stop(TimeSpan.FromSeconds(2.5), e), out IReadOnlyList<int> left);
        Assert.Equal([4, 5], left);
        Assert.Equal([1, 2], handled);
        Assert.Equal(1, stage.Running);
        twait(e => timer(TimeSpan.FromSeconds(9), e));
        Assert.Equal([1, 2, 3], handled);
        done.Trigger();
    }

    [Tamed]
    private static partial void Drained(Event done);

    private static void DrainedBody(Event done)
    {
        var handled = new List<int>();
        var stage = Stage.OnLoop<int>("s", (item, end) => Slow(item, handled, end));
        for (int i = 1; i <= 5; i++)
            stage.TryEnqueue(i);
        twait(e => stage.Stop(Timeout.InfiniteTimeSpan, e), out IReadOnlyList<int> left);
        Assert.Empty(left);
        Assert.Equal([1, 2, 3, 4, 5], handled);
        done.Trigger();
    }

    [Tamed]
    private static partial void Waiting(Event done);

    private static void WaitingBody(Event done)
    {
        var held = new Held();
        var stage = Stage.OnLoop<int>("s", held.Handle, new() { Capacity = 1 });
        stage.TryEnqueue(1);
        stage.TryEnqueue(2);
        using var r = new Rendezvous<int>();
        stage.Enqueue(3, mkevent(r, 3, out EnqueueOutcome outcome));
        stage.Stop(TimeSpan.Zero, Event.Ignored);
        twait(r, out int _);
        Assert.Equal(EnqueueOutcome.Stopping, outcome);
        held.EndAll();
        Assert.Equal([1], held.Begun);
        done.Trigger();
    }

    [Tamed]
    private static partial void Slow(int item, List<int> handled, Event done);

    private static void SlowBody(int item, List<int> handled, Event done)
    {
        twait(e => timer(TimeSpan.FromSeconds(1), e));
        handled.Add(item);
        done.Trigger();
    }
}
