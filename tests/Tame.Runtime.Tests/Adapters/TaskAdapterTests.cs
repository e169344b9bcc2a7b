namespace Tame.Runtime.Tests.Adapters;

public sealed class TaskAdapterTests
{
    [Fact]
    public void A_task_triggers_an_event_with_its_result()
    {
        Loops.RunBlocks(
            c =>
            {
                Task.FromResult(1).Trigger(c.Make(c.Slot(ref c.A), 1));
                Later(2).Trigger(c.Make(c.Slot(ref c.B), 1));
                new ValueTask<int>(3).Trigger(c.Make(c.Slot(ref c.C), 1));
                new ValueTask<int>(Later(4)).Trigger(c.Make(c.Slot(ref c.D), 1));
                Task.CompletedTask.Trigger(c.Make(1));
                ((Task)Later(5)).Trigger(c.Make(1));
                ValueTask.CompletedTask.Trigger(c.Make(1));
            },
            c => Assert.Equal((1, 2, 3, 4), (c.A, c.B, c.C, c.D)));
    }

    [Fact]
    public void A_failed_task_fails_the_event_with_its_own_exception()
    {
        Assert.Throws<ArithmeticException>(() => Loops.RunBlocks(c => Fail().Trigger(c.Make(1))));
        Assert.Throws<ArithmeticException>(() => Loops.RunBlocks(c => Task.FromException<int>(new ArithmeticException()).Trigger(c.Make(c.Slot(ref c.A), 1))));
    }

    [Fact]
    public void A_cancelled_task_fails_the_event_with_its_cancellation()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        var thrown = Assert.Throws<TaskCanceledException>(() => Loops.RunBlocks(c => Task.FromCanceled(source.Token).Trigger(c.Make(1))));
        Assert.Equal(source.Token, thrown.CancellationToken);
    }

    [Fact]
    public void Virtual_time_stands_still_while_a_task_is_under_way()
    {
        Loops.RunBlocks(
            c => Later(7).Trigger(c.Make(c.Slot(ref c.A), 1).WithTimeout(TimeSpan.FromMilliseconds(1))),
            c => Assert.Equal(7, c.A));
    }

    [Fact]
    public void A_run_waits_for_a_task_that_is_under_way()
    {
        using var loop = new EventLoop();
        bool ended = false;
        Call.Blocks(default, c => Later(1).Trigger(c.Make(c.Slot(ref c.A), 1)), _ => ended = true);
        loop.Run();
        Assert.True(ended);
    }

    [Fact]
    public void A_task_whose_event_is_complete_holds_nothing_up()
    {
        Loops.RunBlocks(c =>
        {
            var e = c.Make(1);
            new TaskCompletionSource().Task.Trigger(e);
            Assert.True(EventLoop.Current!.HasOutsideWork);
            e.Trigger();
            Assert.False(EventLoop.Current!.HasOutsideWork);
        });
    }

    [Fact]
    public void A_task_that_another_thread_watches_holds_nothing_up_once_its_event_is_complete()
    {
        var never = new TaskCompletionSource();
        using var loop = new EventLoop();
        Event e = default;
        Call.Blocks(default, c => e = c.Make(1));
        Loops.OnThread(() => never.Task.Trigger(e));
        Assert.True(loop.HasOutsideWork);
        loop.RunOnce();
        Assert.True(loop.HasOutsideWork);
        Loops.OnThread(() => e.Trigger());
        loop.Run();
        Assert.False(loop.HasOutsideWork);
        Loops.OnThread(() => never.Task.Trigger(e));
        Assert.False(loop.HasOutsideWork);
    }

    [Fact]
    public void A_run_waits_for_a_task_that_another_thread_watches()
    {
        using var loop = new EventLoop();
        bool ended = false;
        Call.Blocks(
            default,
            c =>
            {
                var e = c.Make(c.Slot(ref c.A), 1);
                Loops.OnThread(() => Later(1).Trigger(e));
            },
            c => ended = c.A == 1);
        loop.Run();
        Assert.True(ended);
        Assert.False(loop.HasOutsideWork);
    }

    private static async Task<int> Later(int value)
    {
        await Task.Delay(20);
        return value;
    }

    private static async Task Fail()
    {
        await Task.Yield();
        throw new ArithmeticException();
    }
}
