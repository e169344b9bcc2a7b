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
}
