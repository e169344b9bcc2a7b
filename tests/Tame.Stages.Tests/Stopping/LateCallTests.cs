#pragma warning disable xUnit1051 // A wait that is too long fails the test.

namespace Tame.Stages.Tests.Stopping;

/// <summary>A call that begins while a stop looks whether the stage has anything left to do.</summary>
public sealed class LateCallTests : IDisposable
{
    private readonly ManualResetEventSlim _gate = new();
    private readonly ManualResetEventSlim _isBlocked = new();
    private readonly Queue<Event> _held = new();
    private int _begun;

    public void Dispose()
    {
        _gate.Dispose();
        _isBlocked.Dispose();
    }

    [Fact]
    public void A_stop_waits_for_a_call_that_begins_between_its_two_looks()
    {
        using var other = new Loops.Running();
        var stage = Stage.OnLoop<int>("s", (_, done) =>
        {
            _held.Enqueue(done);
            Interlocked.Increment(ref _begun);
        }, new() { MaxConcurrency = 1, Loops = [other.Loop], IsPaused = true });
        Assert.Equal(EnqueueOutcome.Accepted, stage.TryEnqueue(1));
        Assert.Equal(EnqueueOutcome.Accepted, stage.TryEnqueue(2));
        stage.Start();
        WaitForCalls(1);
        other.Loop.Post(EndTheCallAndBlockBeforeTheNextTurn);
        Assert.True(_isBlocked.Wait(Loops.Hang));
        Assert.Equal((0, 1), (stage.Running, stage.Length));
        stage.AtStep = step =>
        {
            if (step != StageStep.LookedForEntries || _gate.IsSet)
                return;
            _gate.Set();
            WaitForCalls(2);
        };
        var stop = stage.StopAsync(Timeout.InfiniteTimeSpan);
        Assert.Equal(1, stage.Running);
        Assert.False(stop.IsCompleted);
        other.Loop.Post(() => _held.Dequeue().Trigger());
        Assert.Empty(Loops.Wait(stop));
        Assert.Equal((0, 2), (stage.Running, stage.Statistics.Completed));
    }

    private void EndTheCallAndBlockBeforeTheNextTurn()
    {
        _held.Dequeue().Trigger();
        EventLoop.Current!.Post(() =>
        {
            _isBlocked.Set();
            Assert.True(_gate.Wait(Loops.Hang));
        });
    }

    private void WaitForCalls(int count) => Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref _begun) == count, Loops.Hang));
}
