#pragma warning disable xUnit1051 // A wait that is too long fails the test.

namespace Tame.Stages.Tests.Handling;

/// <summary>Threads keep the places that they free back for a while. Their handlers may block, and new offers may come.</summary>
public sealed class KeptRoomTests : IDisposable
{
    private const int Capacity = 100;
    private readonly SemaphoreSlim _gate = new(0);
    private int _begun;

    public void Dispose() => _gate.Dispose();

    [Theory]
    [InlineData(1, false, false)]
    [InlineData(3, false, false)]
    [InlineData(1, true, false)]
    [InlineData(3, true, false)]
    [InlineData(1, false, true)]
    [InlineData(1, true, true)]
    public void Offers_come_in_while_every_handler_blocks(int threads, bool inBatches, bool onLoop)
    {
        using var other = new Loops.Running();
        var options = new StageOptions<int> { Capacity = Capacity, BatchSize = 2, Threads = threads, IsPaused = true };
        var stage = inBatches ? Stage.OnThreadsInBatches<int>("s", _ => Block(), options) : Stage.OnThreads<int>("s", _ => Block(), options);
        FillUp(stage);
        for (int i = 0; i < threads; i++)
        {
            int item = Capacity + i;
            if (onLoop)
                Loops.Wait(other.Loop.InvokeAsync<bool>(done => Offer(stage, item, done)));
            else
                stage.Enqueue(item, Event<EnqueueOutcome>.Detached);
        }
        Assert.Equal(threads, stage.Waiting);
        stage.Start();
        bool areIn = SpinWait.SpinUntil(() => stage.Waiting == 0 && Volatile.Read(ref _begun) == threads, Loops.Hang);
        int begun = Volatile.Read(ref _begun);
        _gate.Release(2 * Capacity);
        Assert.True(areIn, $"After {begun} calls of {threads}, offers wait.");
        Loops.Drain(stage);
        Assert.Equal(Capacity + threads, stage.Statistics.Completed);
    }

    /// <summary>A place that a thread keeps back belongs to the offer that waits, and the next one to the new offer.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_new_offer_lets_in_those_that_wait(bool together)
    {
        var stage = Stage.OnThreads<int>("s", _ => Block(), new() { Capacity = Capacity, IsPaused = true });
        FillUp(stage);
        stage.Enqueue(Capacity, Event<EnqueueOutcome>.Detached);
        stage.Start();
        _gate.Release();
        Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref _begun) == 2, Loops.Hang));
        var outcome = together ? Stage.TryEnqueueAll(stage.Offer(Capacity + 1)) : stage.TryEnqueue(Capacity + 1);
        var (waiting, next) = (stage.Waiting, stage.TryEnqueue(Capacity + 2));
        _gate.Release(2 * Capacity);
        Assert.Equal((EnqueueOutcome.Accepted, 0, EnqueueOutcome.Full), (outcome, waiting, next));
        Loops.Drain(stage);
        Assert.Equal(Capacity + 2, stage.Statistics.Completed);
    }

    private static void Offer(Stage<int> stage, int item, Event<bool> done)
    {
        stage.Enqueue(item, Event<EnqueueOutcome>.Ignored);
        done.Trigger(true);
    }

    private static void FillUp(Stage<int> stage)
    {
        for (int i = 0; i < Capacity; i++)
            Assert.Equal(EnqueueOutcome.Accepted, stage.TryEnqueue(i));
        Assert.Equal((EnqueueOutcome.Full, EnqueueOutcome.Full), (stage.TryEnqueue(-1), Stage.TryEnqueueAll(stage.Offer(-1))));
    }

    private void Block()
    {
        Interlocked.Increment(ref _begun);
        Assert.True(_gate.Wait(Loops.Hang));
    }
}
