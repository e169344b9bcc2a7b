using System.Collections.Concurrent;

namespace Tame.Stages.Tests.Controlling;

/// <summary>The thread-pool controller of the package, with threads of the system and their time.</summary>
public sealed class RealThreadsTests
{
    private const int Items = 60;
    private const int Most = 4;

    [Fact]
    public void The_pool_grows_while_items_wait_and_shrinks_when_threads_are_idle()
    {
        using var gate = new ManualResetEventSlim();
        var threads = new ConcurrentDictionary<Thread, bool>();
        var stage = Stage.OnThreads<int>("pool", _ =>
        {
            threads[Thread.CurrentThread] = true;
            gate.Wait();
        }, new()
        {
            Capacity = Items,
            ThreadPool = new ThreadPoolController(new ThreadPoolOptions { Period = TimeSpan.FromMilliseconds(5), Threshold = 5, Max = Most, IdleTime = TimeSpan.FromMilliseconds(20) }),
        });
        for (int round = 1; round <= 2; round++)
        {
            for (int i = 0; i < Items; i++)
                Assert.Equal(EnqueueOutcome.Accepted, stage.TryEnqueue(i));
            Until(() => stage.Running == Most, "The pool does not grow.");
            Assert.Equal(Most, stage.Concurrency);
            gate.Set();
            Until(() => stage.Statistics.Completed == round * Items, "An item is never handled.");
            Until(() => stage.Concurrency == 1 && threads.Keys.Count(thread => thread.IsAlive) <= 1, "The pool does not shrink.");
            gate.Reset();
        }
        gate.Set();
        Loops.Drain(stage);
        Until(() => !threads.Keys.Any(thread => thread.IsAlive), "A thread outlives its stage.");
    }

    private static void Until(Func<bool> condition, string otherwise) => Assert.True(SpinWait.SpinUntil(condition, Loops.Hang), otherwise);
}
