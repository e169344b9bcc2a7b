#pragma warning disable xUnit1051 // A wait that is too long fails the test.

namespace Tame.Stages.Tests.Controlling;

public sealed class SurplusThreadTests
{
    [Fact]
    public void A_thread_that_ends_leaves_its_entries_to_the_others()
    {
        const int FirstOfOther = 4, Items = 6;
        using var first = new ManualResetEventSlim();
        using var second = new ManualResetEventSlim();
        int blocked = 0;
        var controller = new Controller();
        var stage = Stage.OnThreads<int>("s", item =>
        {
            var gate = item == 1 ? first : item == FirstOfOther ? second : null;
            if (gate is null)
                return;
            Interlocked.Increment(ref blocked);
            gate.Wait();
        }, new() { Threads = 2, ThreadPool = controller, IsPaused = true });
        for (int i = 1; i <= Items; i++)
            Assert.Equal(EnqueueOutcome.Accepted, stage.TryEnqueue(i));
        stage.Start();
        Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref blocked) == 2, Loops.Hang));
        controller.WantOne();
        first.Set();
        Assert.True(SpinWait.SpinUntil(() => stage.Concurrency == 1, Loops.Hang));
        second.Set();
        Loops.Drain(stage);
        Assert.Equal(Items, stage.Statistics.Completed);
    }

    private sealed class Controller : IThreadPoolController
    {
        private int _wanted = 2;
        private int _asked;

        public TimeSpan Period => TimeSpan.FromMilliseconds(1);

        public int Threads(in StageSample sample)
        {
            Interlocked.Increment(ref _asked);
            return Volatile.Read(ref _wanted);
        }

        /// <summary>Returns when the stage has been told.</summary>
        public void WantOne()
        {
            Volatile.Write(ref _wanted, 1);
            int asked = Volatile.Read(ref _asked);
            Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref _asked) > asked + 2, Loops.Hang));
        }
    }
}
