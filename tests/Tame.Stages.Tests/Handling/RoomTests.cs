#pragma warning disable xUnit1051 // A wait that is too long fails the test.

namespace Tame.Stages.Tests.Handling;

/// <summary>Offers that wait for room, while another thread makes room between what they have read and what they do about it.</summary>
public sealed class RoomTests : IDisposable
{
    private readonly Queue<Event> _held = new();
    private readonly SemaphoreSlim _gate = new(0);
    private int _begun;

    public void Dispose() => _gate.Dispose();

    [Fact]
    public void An_offer_is_let_in_if_a_thread_makes_room_before_it_joins_the_line()
    {
        var stage = Stage.OnThreads<int>("s", _ => Block(), new() { Capacity = 2, IsPaused = true });
        FillUp(stage);
        stage.AtStep = step =>
        {
            if (step != StageStep.NoRoom)
                return;
            _gate.Release();
            WaitForCalls(2);
        };
        stage.Enqueue(4, Event<EnqueueOutcome>.Ignored);
        Assert.Equal(0, stage.Waiting);
        _gate.Release(9);
        Loops.Drain(stage);
        Assert.Equal(4, stage.Statistics.Completed);
    }

    [Fact]
    public void An_offer_is_let_in_if_a_turn_of_the_loop_makes_room_before_it_joins_the_line()
    {
        using var other = new Loops.Running();
        var stage = OnLoop(other);
        FillUp(stage);
        stage.AtStep = step =>
        {
            if (step != StageStep.NoRoom)
                return;
            _gate.Release(2);
            RunOn(other, () => { });
        };
        stage.Enqueue(4, Event<EnqueueOutcome>.Ignored);
        Assert.Equal(0, stage.Waiting);
        EndOn(other, stage, 4);
    }

    [Fact]
    public void An_offer_that_joins_the_line_before_the_end_of_a_turn_is_let_in_by_the_turn()
    {
        using var other = new Loops.Running();
        var stage = OnLoop(other);
        FillUp(stage);
        stage.Enqueue(4, Event<EnqueueOutcome>.Ignored);
        Assert.Equal(1, stage.Waiting);
        _gate.Release(2);
        RunOn(other, () => { });
        Assert.Equal(2, _begun);
        Assert.Equal(0, stage.Waiting);
        EndOn(other, stage, 4);
    }

    [Fact]
    public void Turns_that_are_cut_let_offers_in_before_the_queue_is_empty()
    {
        const int Capacity = 300;
        int begun = 0, waited = 0;
        Loops.Run(done =>
        {
            Stage<int> stage = null!;
            stage = Stage.OnLoop<int>("s", (item, e) =>
            {
                begun++;
                waited += stage.Waiting;
                e.Trigger();
                if (item == Capacity)
                    done.Trigger();
            }, new() { Capacity = Capacity, IsPaused = true });
            for (int i = 0; i < Capacity; i++)
                Assert.Equal(EnqueueOutcome.Accepted, stage.TryEnqueue(i));
            stage.Enqueue(Capacity, Event<EnqueueOutcome>.Ignored);
            stage.Start();
        });
        Assert.Equal(Capacity + 1, begun);
        Assert.InRange(waited, 1, Capacity - 1);
    }

    [Fact]
    public void A_loop_that_ends_lets_offers_in_for_the_room_that_it_has_made()
    {
        const int Capacity = 300;
        const int WorkOfAPass = 64;
        using var busy = new Loops.Running();
        int begun = 0;
        Stage<int> stage = null!;
        EventLoop.Run(done =>
        {
            stage = Stage.OnLoop<int>("s", (_, e) =>
            {
                if (Interlocked.Increment(ref begun) == 1)
                    done.Trigger();
                e.Trigger();
            }, new() { Capacity = Capacity, Loops = [EventLoop.Current!, busy.Loop], IsPaused = true });
            busy.Loop.Post(() => _gate.Wait());
            for (int i = 1; i < Capacity; i++)
                Assert.Equal(EnqueueOutcome.Accepted, stage.TryEnqueue(i));
            stage.Start();
            Assert.Equal(EnqueueOutcome.Accepted, stage.TryEnqueue(Capacity));      // now each loop has a turn to take
            stage.Enqueue(Capacity + 1, Event<EnqueueOutcome>.Ignored);
            Assert.Equal(1, stage.Waiting);
            for (int i = 0; i < WorkOfAPass; i++)
                EventLoop.Current!.Post(() => { });       // so that the pass has only one turn of the stage
        });
        var (begunHere, waiting) = (begun, stage.Waiting);
        _gate.Release();
        Assert.InRange(begunHere, 1, Capacity / 2 - 1);       // with more, the turns themselves would have let it in
        Assert.Equal(0, waiting);
        Loops.Drain(stage);
        Assert.Equal(Capacity + 1, stage.Statistics.Completed);
    }

    /// <summary>A stage whose first two calls block the loop, and then go on without it.</summary>
    private Stage<int> OnLoop(Loops.Running other) =>
        Stage.OnLoop<int>("s", (item, done) =>
        {
            if (item > 2)
            {
                done.Trigger();
                return;
            }
            Block();
            _held.Enqueue(done);
        }, new() { Capacity = 2, MaxConcurrency = 2, Loops = [other.Loop], IsPaused = true });

    /// <summary>The first item is under way, and the runner can take the second one without the lock.</summary>
    private void FillUp(Stage<int> stage)
    {
        Assert.Equal(EnqueueOutcome.Accepted, stage.TryEnqueue(1));
        Assert.Equal(EnqueueOutcome.Accepted, stage.TryEnqueue(2));
        stage.Start();
        WaitForCalls(1);
        Assert.Equal(EnqueueOutcome.Accepted, stage.TryEnqueue(3));
        Assert.Equal(EnqueueOutcome.Full, stage.TryEnqueue(4));
    }

    private void EndOn(Loops.Running other, Stage<int> stage, int items)
    {
        RunOn(other, () =>
        {
            while (_held.TryDequeue(out var done))
                done.Trigger();
        });
        Loops.Drain(stage);
        Assert.Equal(items, stage.Statistics.Completed);
    }

    /// <summary>Waits until the loop has done what it was doing, and then this.</summary>
    private static void RunOn(Loops.Running other, Action action)
    {
        using var ran = new ManualResetEventSlim();
        other.Loop.Post(() =>
        {
            action();
            ran.Set();
        });
        Assert.True(ran.Wait(Loops.Hang));
    }

    private void Block()
    {
        Interlocked.Increment(ref _begun);
        Assert.True(_gate.Wait(Loops.Hang));
    }

    private void WaitForCalls(int count) => Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref _begun) == count, Loops.Hang));
}
