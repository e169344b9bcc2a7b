namespace Tame.Stages.Tests.Handling;

public sealed class ThreadTests
{
    [Fact]
    public async Task Items_are_handled_on_threads_of_the_stage()
    {
        int sum = 0;
        var stage = Stage.OnThreads<int>("crew", item =>
        {
            Assert.StartsWith("crew ", Thread.CurrentThread.Name, StringComparison.Ordinal);
            Interlocked.Add(ref sum, item);
        }, new() { Threads = 3, Capacity = 10_000 });
        for (int i = 1; i <= 10_000; i++)
            Assert.Equal(EnqueueOutcome.Accepted, stage.TryEnqueue(i));
        Assert.Empty(await stage.StopAsync(Timeout.InfiniteTimeSpan).WaitAsync(Loops.Hang, TestContext.Current.CancellationToken));
        Assert.Equal(10_000 * 10_001 / 2, sum);
    }

    [Fact]
    public async Task Items_from_another_thread_are_handled_on_the_loop()
    {
        using var other = new Loops.Running();
        var handled = new List<int>();
        var stage = Stage.OnLoop<int>("s", (item, done) =>
        {
            Assert.Same(other.Loop, EventLoop.Current);
            handled.Add(item);
            done.Trigger();
        }, new() { Loops = [other.Loop], Capacity = 5_000 });
        for (int i = 0; i < 5_000; i++)
            Assert.Equal(EnqueueOutcome.Accepted, stage.TryEnqueue(i));
        await stage.StopAsync(Timeout.InfiniteTimeSpan).WaitAsync(Loops.Hang, TestContext.Current.CancellationToken);
        Assert.Equal(Enumerable.Range(0, 5_000), handled);
    }

    /// <summary>A thread without entries takes back those that another one has not begun, while that one goes on.</summary>
    [Fact]
    public void Each_item_is_handled_once_while_threads_take_entries_from_each_other()
    {
        const int Bursts = 20_000, Items = 16;
        int[] handled = new int[Items];
        var stage = Stage.OnThreads<int>("s", item => Interlocked.Increment(ref handled[item]), new() { Threads = 2, Capacity = Items });
        for (int burst = 1; burst <= Bursts; burst++)
        {
            for (int item = 0; item < Items; item++)
                Assert.Equal(EnqueueOutcome.Accepted, stage.TryEnqueue(item));
            Assert.True(SpinWait.SpinUntil(() => stage.Length == 0, Loops.Hang));
        }
        Loops.Drain(stage);
        Assert.All(handled, count => Assert.Equal(Bursts, count));
    }
}
