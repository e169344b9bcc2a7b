namespace Tame.Runtime.Tests.Adapters;

/// <summary>On which thread and in which order a call continues after a task. <c>await</c> is the reference.</summary>
public sealed class TaskWatchTests
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void A_task_that_completes_on_the_loops_thread_triggers_its_event_there_and_then(bool isAsynchronous, bool hasResult)
    {
        var source = new TaskCompletionSource<int>(isAsynchronous ? TaskCreationOptions.RunContinuationsAsynchronously : TaskCreationOptions.None);
        Loops.RunBlocks(
            c =>
            {
                var e = hasResult ? default : c.Make(1);
                var valued = hasResult ? c.Make(c.Slot(ref c.A), 1) : default;
                if (hasResult)
                    source.Task.Trigger(valued);
                else
                    ((Task)source.Task).Trigger(e);
                EventLoop.Current!.Post(() =>
                {
                    Assert.True(e.IsPending || valued.IsPending);
                    source.SetResult(7);
                    Assert.False(e.IsPending || valued.IsPending);
                    Assert.False(EventLoop.Current!.HasOutsideWork);
                });
            },
            c => Assert.Equal(hasResult ? 7 : 0, c.A));
    }

    [Theory]
    [InlineData(false, new[] { "await", "set", "call", "next" })]
    [InlineData(true, new[] { "set", "await", "call", "next" })]
    public void A_call_goes_on_through_the_ready_queue_before_what_comes_after_the_task(bool isAsynchronous, string[] expected)
    {
        var log = new List<string>();
        var source = new TaskCompletionSource(isAsynchronous ? TaskCreationOptions.RunContinuationsAsynchronously : TaskCreationOptions.None);
        async Task Await()
        {
            await source.Task;
            log.Add("await");
        }
        Loops.Run(done =>
        {
            _ = Await();
            Call.Blocks(done, c => source.Task.Trigger(c.Make(1)), _ => log.Add("call"), c => Primitives.asap(c.Make(1)));
            EventLoop.Current!.Post(() =>
            {
                source.SetResult();
                log.Add("set");
                EventLoop.Current!.Post(() => log.Add("next"));
            });
        });
        Assert.Equal(expected, log);
    }

    [Fact]
    public void A_watch_that_another_thread_began_ends_with_its_event()
    {
        Loops.RunBlocks(c =>
        {
            var e = c.Make(1);
            var loop = EventLoop.Current!;
            Loops.OnThread(() => new TaskCompletionSource().Task.Trigger(e));
            Assert.True(loop.HasOutsideWork);
            loop.Post(() =>
            {
                e.Trigger();
                Assert.False(loop.HasOutsideWork);
            });
        });
    }

    [Fact]
    public void A_watch_that_another_thread_began_of_an_event_that_is_complete_holds_nothing_up()
    {
        using var loop = new EventLoop();
        Event e = default;
        Call.Blocks(default, c => e = c.Make(1));
        Loops.OnThread(() => new TaskCompletionSource().Task.Trigger(e));
        e.Trigger();
        loop.Run();
        Assert.False(loop.HasOutsideWork);
    }

    [Fact]
    public void A_watched_task_costs_no_more_than_its_watch_and_a_continuation()
    {
        Loops.RunBlocks(c =>
        {
            const int Count = 100;
            var local = new AsyncLocal<int> { Value = 1 };
            Measure(c);
            long bytes = Measure(c) / Count;
            Assert.InRange(bytes, 0, 144);
            GC.KeepAlive(local);

            static long Measure(Call c)
            {
                var sources = Enumerable.Range(0, Count).Select(_ => new TaskCompletionSource<int>()).ToArray();
                var events = Enumerable.Range(0, Count).Select(_ => c.Make(c.Slot(ref c.A), 1)).ToArray();
                long before = GC.GetAllocatedBytesForCurrentThread();
                for (int i = 0; i < Count; i++)
                    sources[i].Task.Trigger(events[i]);
                long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
                foreach (var source in sources)
                    source.SetResult(1);
                return bytes;
            }
        });
    }
}
