namespace Tame.Stages.Tests.Entering;

public sealed partial class AcrossLoopsTests
{
    [Fact]
    public void An_offer_of_another_loop_waits_and_its_event_completes_there()
    {
        using var other = new Loops.Running();
        using var gate = new ManualResetEventSlim();
        var stage = Stage.OnThreads<int>("s", _ => gate.Wait(), new() { Capacity = 1 });
        FillUp(stage);
        var offer = Loops.Ask<EnqueueOutcome>(other.Loop, done => stage.Enqueue(3, done));
        Assert.True(SpinWait.SpinUntil(() => stage.Waiting == 1, Loops.Hang));
        gate.Set();
        Assert.Equal(EnqueueOutcome.Accepted, Loops.Wait(offer));
        Loops.Drain(stage);
        Assert.Equal(3, stage.Statistics.Completed);
    }

    [Fact]
    public void A_thread_without_a_loop_may_offer_with_an_event_of_a_loop()
    {
        using var other = new Loops.Running();
        var stage = Stage.OnThreads<int>("s", _ => { });
        using var told = new BlockingOutcome();
        var offer = Loops.Ask<EnqueueOutcome>(other.Loop, told.Take);
        stage.Enqueue(1, told.Event);
        Assert.Equal(EnqueueOutcome.Accepted, Loops.Wait(offer));
        Loops.Drain(stage);
    }

    [Fact]
    public void An_offer_that_is_cancelled_while_its_room_is_kept_is_not_enqueued_and_gives_the_room_back()
    {
        using var other = new Loops.Running();
        using var gate = new SemaphoreSlim(0);
        var stage = Stage.OnThreads<int>("s", _ => gate.Wait(), new() { Capacity = 1 });
        FillUp(stage);
        Assert.True(Loops.Wait(Loops.Ask<bool>(other.Loop, done => CancelLate(stage, gate, done))));
        Assert.True(SpinWait.SpinUntil(() => stage.TryEnqueue(4, Event.Ignored) == EnqueueOutcome.Accepted, Loops.Hang));
        gate.Release(9);
        Loops.Drain(stage);
        Assert.Equal(3, stage.Statistics.Completed);
    }

    [Fact]
    public void When_the_loop_of_a_waiting_offer_ends_the_next_one_is_let_in()
    {
        using var gate = new SemaphoreSlim(0);
        var stage = Stage.OnThreads<int>("s", _ => gate.Wait(), new() { Capacity = 1 });
        FillUp(stage);
        EventLoop.Run(done =>
        {
            Never(stage, Event.Ignored);
            Assert.Equal(1, stage.Waiting);
            done.Trigger();
        });
        Assert.Equal(0, stage.Waiting);
        stage.Enqueue(4, Event<EnqueueOutcome>.Ignored);
        Assert.Equal(1, stage.Waiting);
        gate.Release(9);
        Assert.True(SpinWait.SpinUntil(() => stage.Statistics.Completed == 3, Loops.Hang));
        Loops.Drain(stage);
        Assert.Equal((3, 0), (stage.Statistics.Completed, stage.Statistics.RefusedStopping));
    }

    [Fact]
    public void When_the_loop_of_a_stage_ends_the_stage_stops_and_keeps_what_is_left()
    {
        Stage<int> stage = null!;
        EventLoop.Run(done =>
        {
            stage = Stage.OnLoop<int>("s", new Held().Handle, new() { Capacity = 5 });
            for (int i = 1; i <= 3; i++)
                stage.TryEnqueue(i, Event.Ignored);
            done.Trigger();
        });
        Assert.Equal(EnqueueOutcome.Stopping, stage.TryEnqueue(4));
        Assert.Equal([2, 3], stage.Left);
    }

    [Fact]
    public void When_one_of_two_loops_ends_the_other_goes_on()
    {
        using var other = new Loops.Running();
        Stage<int> stage = null!;
        EventLoop.Run(done =>
        {
            stage = Stage.OnLoop<int>("s", (_, e) => e.Trigger(), new() { Loops = [EventLoop.Current!, other.Loop] });
            done.Trigger();
        });
        for (int i = 1; i <= 3; i++)
            Assert.Equal(EnqueueOutcome.Accepted, stage.TryEnqueue(i));
        Loops.Drain(stage);
        Assert.Equal(3, stage.Statistics.Completed);
    }

    [Tamed]
    private static partial void CancelLate(Stage<int> stage, SemaphoreSlim gate, Event<bool> done);

    private static void CancelLateBody(Stage<int> stage, SemaphoreSlim gate, Event<bool> done)
    {
        using var r = new Rendezvous<int>();
        var offer = mkevent(r, 1, out EnqueueOutcome _);
        stage.Enqueue(3, offer);
        gate.Release();
        bool isKept = IsLetIn(stage);       // the news is on its way to this loop
        offer.Fail(new InvalidOperationException("too late"));
        twait(r, out int _, out Exception? error);
        done.Trigger(isKept && error is InvalidOperationException);
    }

    private static bool IsLetIn(Stage<int> stage) => SpinWait.SpinUntil(() => stage.Waiting == 0, Loops.Hang);

    [Tamed]
    private static partial void Never(Stage<int> stage, Event done);

    private static void NeverBody(Stage<int> stage, Event done)
    {
        using var r = new Rendezvous<int>();
        stage.Enqueue(3, mkevent(r, 1, out EnqueueOutcome _));
        twait(r, out int _);
        done.Trigger();
    }

    private static void FillUp(Stage<int> stage)
    {
        stage.TryEnqueue(1);
        Assert.True(SpinWait.SpinUntil(() => stage.Length == 0, Loops.Hang));
        Assert.Equal(EnqueueOutcome.Accepted, stage.TryEnqueue(2));
    }

    /// <summary>Hands an event of a loop to another thread.</summary>
    private sealed class BlockingOutcome : IDisposable
    {
        private readonly ManualResetEventSlim _made = new();
        private Event<EnqueueOutcome> _event;

        public Event<EnqueueOutcome> Event
        {
            get
            {
                Assert.True(_made.Wait(Loops.Hang));
                return _event;
            }
        }

        public void Take(Event<EnqueueOutcome> e)
        {
            _event = e;
            _made.Set();
        }

        public void Dispose() => _made.Dispose();
    }
}
