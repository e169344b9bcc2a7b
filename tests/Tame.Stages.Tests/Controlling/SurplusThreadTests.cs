#pragma warning disable xUnit1051 // A wait that is too long fails the test.

namespace Tame.Stages.Tests.Controlling;

public sealed partial class SurplusThreadTests
{
    [Fact]
    public void A_controller_starts_no_threads_of_a_paused_stage() => Loops.Run(Pause);

    [Tamed]
    private static partial void Pause(Event done);

    private static void PauseBody(Event done)
    {
        var stage = Stage.OnThreads<int>("s", _ => { }, new() { ThreadPool = new Controller(), IsPaused = true });
        stage.TryEnqueue(1);
        twait(e => timer(TimeSpan.FromSeconds(1), e));
        Assert.Equal((0, 1), (stage.Concurrency, stage.Length));
        twait(e => stage.Stop(TimeSpan.Zero, e), out IReadOnlyList<int> left);
        Assert.Equal([1], left);
        done.Trigger();
    }

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
