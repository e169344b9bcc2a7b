namespace Tame.Runtime.Tests.Running;

public sealed class TaskSchedulerTests
{
    [Fact]
    public void Tasks_run_on_the_loops_thread_one_after_the_other()
    {
        EventLoop.Run(done =>
        {
            var loop = EventLoop.Current!;
            var log = new List<int>();
            int thread = Environment.CurrentManagedThreadId;
            var senders = Enumerable.Range(0, 4).Select(i => Task.Run(() => Task.WhenAll(Enumerable.Range(0, 100).Select(_ => On(loop, () =>
            {
                Assert.Equal(thread, Environment.CurrentManagedThreadId);
                log.Add(i);
            })))));
            Task.WhenAll(senders).ContinueWith(all => Assert.Equal(400, log.Count), loop.TaskScheduler).Trigger(done);
        });
        using var loop = new EventLoop();
        Assert.Equal(1, loop.TaskScheduler.MaximumConcurrencyLevel);
        Assert.Same(loop.TaskScheduler, loop.TaskScheduler);
    }

    [Fact]
    public void A_task_runs_inline_only_on_the_thread_of_a_running_loop()
    {
        using (var loop = new EventLoop())
        {
            bool ran = false;
            loop.Post(() =>
            {
                new Task(() => ran = true).RunSynchronously(loop.TaskScheduler);
                Assert.True(ran);
            });
            loop.Run();
            Assert.True(ran);
        }
        int ranOn = 0;
        var elsewhere = new Task(() => ranOn = Environment.CurrentManagedThreadId);
        EventLoop.Run(done =>
        {
            var here = EventLoop.Current!;
            Task.Run(() => elsewhere.RunSynchronously(here.TaskScheduler)).Trigger(done);
        });
        Assert.Equal(Environment.CurrentManagedThreadId, ranOn);
    }

    [Fact]
    public void An_ended_loop_starts_no_task()
    {
        var loop = new EventLoop();
        loop.Dispose();
        var task = new Task(() => { });
        var thrown = Assert.Throws<TaskSchedulerException>(() => task.Start(loop.TaskScheduler));
        Assert.IsType<ObjectDisposedException>(thrown.InnerException);
        Assert.True(task.IsFaulted);
    }

    [Fact]
    public void A_continuation_on_the_loop_comes_back_to_its_thread()
    {
        int thread = 0;
        EventLoop.Run(done => Task.Run(() => 1).ContinueWith(
            task =>
            {
                thread = Environment.CurrentManagedThreadId;
                done.Trigger();
            },
            EventLoop.Current!.TaskScheduler));
        Assert.Equal(Environment.CurrentManagedThreadId, thread);
    }

    private static Task On(EventLoop loop, Action action) => Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.None, loop.TaskScheduler);
}
