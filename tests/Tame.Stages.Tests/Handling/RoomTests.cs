#pragma warning disable xUnit1051 // A wait that is too long fails the test.

namespace Tame.Stages.Tests.Handling;

/// <summary>Offers that wait for room, while another thread makes room between what they have read and what they do about it.</summary>
public sealed partial class RoomTests : IDisposable
{
    private readonly Queue<Event> _held = new();
    private readonly SemaphoreSlim _gate = new(0);
    private int _begun;
    private Event<EnqueueOutcome> _offer;

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

    /// <summary>A call that goes on may need what another offer brings, so that offers come in after the first turn.</summary>
    [Theory]
    [InlineData(false, 300)]
    [InlineData(true, 150)]
    public void Turns_that_are_cut_let_offers_in_before_the_queue_is_empty(bool aCallGoesOn, int before)
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
                if (aCallGoesOn && item == 0)
                {
                    _held.Enqueue(e);
                    return;
                }
                e.Trigger();
                if (item != Capacity)
                    return;
                if (_held.TryDequeue(out var held))
                    held.Trigger();
                done.Trigger();
            }, new() { Capacity = Capacity, MaxConcurrency = 2, IsPaused = true });
            for (int i = 0; i < Capacity; i++)
                Assert.Equal(EnqueueOutcome.Accepted, stage.TryEnqueue(i));
            stage.Enqueue(Capacity, Event<EnqueueOutcome>.Ignored);
            stage.Start();
        });
        Assert.Equal(Capacity + 1, begun);
        Assert.InRange(waited, 1, before - 1);
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

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_thread_lets_offers_in_before_it_calls_the_handler(bool inBatches)
    {
        var options = new StageOptions<int> { Capacity = 2, BatchSize = 1, IsPaused = true };
        var stage = inBatches ? Stage.OnThreadsInBatches<int>("s", _ => Block(), options) : Stage.OnThreads<int>("s", _ => Block(), options);
        FillUp(stage);
        stage.Enqueue(4, Event<EnqueueOutcome>.Ignored);
        Assert.Equal(1, stage.Waiting);
        _gate.Release();
        WaitForCalls(2);
        int waiting = stage.Waiting;
        _gate.Release(9);
        Assert.Equal(0, waiting);
        Loops.Drain(stage);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Room_that_an_offer_did_not_take_goes_to_the_next_one(bool loopEnds)
    {
        using var other = new Loops.Running();
        var stage = Stage.OnThreads<int>("s", _ => Block(), new() { Capacity = 2, IsPaused = true });
        FillUp(stage);
        if (loopEnds)
        {
            EventLoop.Run(done => OfferTwo(stage, done));
        }
        else
        {
            Loops.Wait(other.Loop.InvokeAsync<bool>(done => CancelTheFirst(stage, done)));
            RunOn(other, () => { });
        }
        int waiting = stage.Waiting;
        _gate.Release(9);
        Assert.Equal(0, waiting);
        Loops.Drain(stage);
        Assert.Equal(4, stage.Statistics.Completed);
    }

    [Fact]
    public void An_offer_whose_room_is_reserved_when_the_stage_stops_is_refused()
    {
        using var other = new Loops.Running();
        var stage = Stage.OnThreads<int>("s", _ => Block(), new() { Capacity = 2, IsPaused = true });
        FillUp(stage);
        var outcome = Loops.Wait(other.Loop.InvokeAsync<EnqueueOutcome>(done => StopWithAGrant(stage, done)));
        _gate.Release(9);
        Assert.Equal(EnqueueOutcome.Stopping, outcome);
        Assert.Equal([3], stage.Left);
    }

    [Fact]
    public void A_loop_that_ends_before_its_turn_leaves_the_turn_to_another_loop()
    {
        const int WorkOfAPass = 64;
        using var other = new Loops.Running();
        Stage<int> stage = null!;
        EventLoop.Run(done =>
        {
            stage = Stage.OnLoop<int>("s", (_, e) => e.Trigger(), new() { Loops = [EventLoop.Current!, other.Loop], IsPaused = true });
            Assert.Equal(EnqueueOutcome.Accepted, stage.TryEnqueue(1));
            for (int i = 0; i < WorkOfAPass; i++)
                EventLoop.Current!.Post(() => { });
            stage.Start();        // loops take turns, and this one is next
            done.Trigger();
        });
        Loops.Drain(stage);
        Assert.Equal(1, stage.Statistics.Completed);
    }

    [Fact]
    public void An_offer_whose_event_the_function_of_the_key_completes_does_not_wait() => Loops.Run(CompleteInTheKeyFunction);

    [Tamed]
    private partial void CompleteInTheKeyFunction(Event done);

    private void CompleteInTheKeyFunctionBody(Event done)
    {
        using var r = new Rendezvous<int>();
        var stage = Stage.OnLoop<int>("s", (_, e) => _held.Enqueue(e), new() { Capacity = 1, MaxConcurrency = 1, OrderBy = StageOrder.By<int, int>(CompleteThird) });
        Assert.Equal(EnqueueOutcome.Accepted, stage.TryEnqueue(1));
        Assert.Equal(EnqueueOutcome.Accepted, stage.TryEnqueue(2));
        _offer = mkevent(r, 1, out EnqueueOutcome outcome);
        stage.Enqueue(3, _offer);
        Assert.Equal(0, stage.Waiting);
        twait(r, out int _);
        Assert.Equal(EnqueueOutcome.Full, outcome);
        _held.Dequeue().Trigger();
        twait(e => stage.Stop(TimeSpan.Zero, e), out IReadOnlyList<int> _);
        while (_held.TryDequeue(out var call))
            call.Trigger();
        done.Trigger();
    }

    private int CompleteThird(int item)
    {
        if (item == 3)
            _offer.Trigger(EnqueueOutcome.Full);
        return item;
    }

    [Tamed]
    private partial void CancelTheFirst(Stage<int> stage, Event<bool> done);

    private void CancelTheFirstBody(Stage<int> stage, Event<bool> done)
    {
        using var r = new Rendezvous<int>();
        var offer = mkevent(r, 1, out EnqueueOutcome _);
        ReserveForTheFirst(stage, offer);
        offer.Fail(new InvalidOperationException("too late"));
        twait(r, out int _, out Exception? error);
        done.Trigger(error is not null);
    }

    [Tamed]
    private partial void OfferTwo(Stage<int> stage, Event done);

    private void OfferTwoBody(Stage<int> stage, Event done)
    {
        using var r = new Rendezvous<int>();
        ReserveForTheFirst(stage, mkevent(r, 1, out EnqueueOutcome _));
        done.Trigger();     // the loop ends before it runs the message
        twait(r, out int _);
    }

    [Tamed]
    private partial void StopWithAGrant(Stage<int> stage, Event<EnqueueOutcome> done);

    private void StopWithAGrantBody(Stage<int> stage, Event<EnqueueOutcome> done)
    {
        using var r = new Rendezvous<int>();
        ReserveForTheFirst(stage, mkevent(r, 1, out EnqueueOutcome outcome), isAlone: true);
        stage.Stop(TimeSpan.Zero, Event.Ignored);
        twait(r, out int _);
        done.Trigger(outcome);
    }

    /// <summary>Offers wait, and a thread makes room for one. The loop of the first offer has not heard of it yet.</summary>
    private void ReserveForTheFirst(Stage<int> stage, Event<EnqueueOutcome> first, bool isAlone = false)
    {
        stage.Enqueue(4, first);
        if (!isAlone)
            stage.Enqueue(5, Event<EnqueueOutcome>.Ignored);
        _gate.Release();
        WaitForCalls(2);
        Assert.Equal(isAlone ? 0 : 1, stage.Waiting);
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
