#pragma warning disable xUnit1051, CA2012 // Calls without a token, and value tasks that are used in odd ways, are what is tested.

using Tame.Runtime.Tests.Guests;

namespace Tame.Runtime.Tests.Running;

/// <summary>Calls with a state, and calls whose end is a value task: they end as those of <see cref="InvokeTests"/> do.</summary>
public sealed class InvokeValueTests
{
    private static readonly TimeSpan s_short = TimeSpan.FromMilliseconds(1);

    [Fact]
    public async Task The_call_gets_its_state_and_the_task_the_value()
    {
        await using var thread = EventLoopThread.Start("values");
        await using var guest = EventLoop.CreateGuest(EventLoopHost.ThreadPool);
        foreach (var loop in (EventLoop[])[thread.Loop, guest])
        {
            int got = 0;
            Assert.Equal(6, await loop.InvokeAsync<int, int>(static (n, e) => e.Trigger(2 * n), 3).WaitAsync(Loops.Hang));
            Assert.Equal(8, await loop.InvokeValueAsync<int, int>(static (n, e) => Primitives.timer(s_short, e.Bind(2 * n)), 4).AsTask().WaitAsync(Loops.Hang));
            Assert.Equal(0, await loop.InvokeValueAsync<int>(static e => e.Unblock()).AsTask().WaitAsync(Loops.Hang));
            await loop.InvokeAsync((n, e) => Note(n, e), 10).WaitAsync(Loops.Hang);
            await loop.InvokeValueAsync((n, e) => Note(n, e), 100).AsTask().WaitAsync(Loops.Hang);
            await loop.InvokeValueAsync(e => Note(1000, e)).AsTask().WaitAsync(Loops.Hang);
            Assert.Equal(1110, got);

            void Note(int n, Event e)
            {
                got += n;
                e.Trigger();
            }
        }
    }

    [Fact]
    public async Task A_second_await_is_refused_also_when_another_call_uses_the_object()
    {
        await using var thread = EventLoopThread.Start("twice");
        var first = thread.InvokeValueAsync<int, int>(static (n, e) => e.Trigger(n), 1);
        Assert.Equal(1, await first);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await first);
        var second = thread.InvokeValueAsync<int, int>(static (n, e) => e.Trigger(n), 2);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await first);
        Assert.Equal(2, await second);
        var failed = thread.InvokeValueAsync(static e => e.Fail(new ArithmeticException()));
        await Assert.ThrowsAsync<ArithmeticException>(async () => await failed);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await failed);
    }

    [Fact]
    public async Task Failures_cancellations_and_losses_end_it()
    {
        await using var thread = EventLoopThread.Start(new EventLoopOptions { LostEvents = LostEventDetection.Aggressive });
        await Assert.ThrowsAsync<ArithmeticException>(async () => await thread.InvokeValueAsync(static _ => throw new ArithmeticException()));
        await Assert.ThrowsAsync<ArithmeticException>(async () => await thread.InvokeValueAsync<int>(static e => e.Fail(new ArithmeticException())));
        var told = thread.InvokeValueAsync<int>(static e => e.Fail(new OperationCanceledException("told so"))).AsTask();
        Assert.Equal("told so", (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => told)).Message);
        Assert.True(told.IsCanceled);
        await Assert.ThrowsAsync<LostEventException>(() => thread.InvokeValueAsync<int>(static _ => { }).AsTask().WaitAsync(Loops.Hang));
        await Assert.ThrowsAsync<LostEventException>(() => thread.InvokeValueAsync(static (_, _) => { }, 1).AsTask().WaitAsync(Loops.Hang));
        await thread.StopAsync();
        Assert.True(thread.InvokeValueAsync<int>(static _ => { }).IsFaulted);
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await thread.InvokeValueAsync(static _ => { }));
    }

    [Fact]
    public async Task A_cancelled_token_cancels_the_event_and_the_value_task()
    {
        using var source = new CancellationTokenSource();
        await using var thread = EventLoopThread.Start("cancelled");
        var held = new TaskCompletionSource<Event>();
        var task = thread.InvokeValueAsync(held.SetResult, source.Token).AsTask();
        var e = await held.Task.WaitAsync(Loops.Hang);
        await source.CancelAsync();
        Assert.Equal(source.Token, (await Assert.ThrowsAsync<TaskCanceledException>(() => task.WaitAsync(Loops.Hang))).CancellationToken);
        Assert.False(e.Trigger());
        Assert.True(thread.InvokeValueAsync(static _ => { }, source.Token).IsCanceled);
        Assert.True(thread.InvokeValueAsync<int>(static _ => { }, source.Token).IsCanceled);
    }

    [Fact]
    public void The_end_of_the_loop_cancels_those_under_way_and_those_not_started()
    {
        var host = new ManualHost();
        var loop = EventLoop.CreateGuest(host);
        Event<int> held = default;
        var started = loop.InvokeValueAsync<int>(e => held = e);
        host.RunAll();
        loop.Stop();
        var sent = loop.InvokeValueAsync(static _ => Assert.Fail("The loop ends."));
        host.RunUntil(loop.Completion);
        Assert.True(started.IsCanceled && sent.IsCompleted);
        Assert.False(held.Trigger(1));
        Assert.True(loop.InvokeValueAsync(static _ => { }).IsFaulted);
    }

    [Fact]
    public async Task What_waits_goes_on_asynchronously_and_in_its_context_and_the_call_has_the_caller_s()
    {
        var local = new AsyncLocal<string> { Value = "caller" };
        await using var thread = EventLoopThread.Start("flow");
        string? seen = null;
        int inside = 0;
        var task = thread.InvokeValueAsync(e =>
        {
            seen = local.Value;
            local.Value = "call";
            inside = Environment.CurrentManagedThreadId;
            Thread.Sleep(10);       // the continuation is there
            e.Trigger();
            inside = 0;
        });
        await Continue();
        Assert.Equal("caller", local.Value);

        async Task Continue()
        {
            await task;
            Assert.NotEqual(inside, Environment.CurrentManagedThreadId);
            Assert.Equal(("caller", "caller"), (seen, local.Value));
        }
    }

    [Fact]
    public void Code_of_the_loop_itself_may_wait_for_one_in_virtual_time() =>
        Loops.RunBlocks(c =>
        {
            var loop = EventLoop.Current!;
            loop.InvokeValueAsync(static e => Primitives.timer(TimeSpan.FromHours(1), e)).Trigger(c.Make(1));
            Assert.False(loop.HasOutsideWork);
        });

    [Fact]
    public async Task Asynchronous_functions_with_a_state_fail_what_they_were_called_for()
    {
        await using var thread = EventLoopThread.Start("functions");
        await Assert.ThrowsAsync<ArithmeticException>(async () => await thread.InvokeAsync(static async (_, _) => await Fail(), 1).WaitAsync(Loops.Hang));
        await Assert.ThrowsAsync<ArithmeticException>(async () => await thread.InvokeAsync<int, int>(static async (_, _) => await Fail(), 1).WaitAsync(Loops.Hang));
        await Assert.ThrowsAsync<ArithmeticException>(async () => await thread.InvokeValueAsync(static async (_, _) => await Fail(), 1));
        await Assert.ThrowsAsync<ArithmeticException>(async () => await thread.InvokeValueAsync<int, int>(static async (_, _) => await Fail(), 1));
        await Assert.ThrowsAsync<ArithmeticException>(async () => await thread.InvokeValueAsync(static async _ => await Fail()));
        Assert.Equal(5, await thread.InvokeValueAsync<int>(static async e =>
        {
            await Task.Yield();
            e.Trigger(5);
        }));
        Assert.Equal(6, await thread.InvokeAsync<int, int>(
            static async (n, e) =>
            {
                await Task.Yield();
                e.Trigger(n);
            },
            6));

        static async Task Fail()
        {
            await Task.Yield();
            throw new ArithmeticException();
        }
    }

    [Fact]
    public void One_that_ends_at_once_allocates_nothing_and_a_task_no_more_than_itself()
    {
        const int Calls = 100;
        const int TaskAndItsSource = 72 + 24;
        using var guest = EventLoop.CreateGuest(new ManualHost { IsInlined = true }, new EventLoopOptions { LostEvents = LostEventDetection.Off });
        Assert.Equal((0, TaskAndItsSource), (PerCall(Value), PerCall(TaskOf)));
        using var thread = EventLoopThread.Start("allocations");
        Assert.Equal(0, PerCall(Beside));

        static long PerCall(Func<int, int> call)
        {
            long least = long.MaxValue;
            for (int tries = 0; tries < 10; tries++)     // code is compiled in the first ones
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                for (int i = 0; i < Calls; i++)
                    Assert.True(call(i) == i + 1);
                least = Math.Min(least, (GC.GetAllocatedBytesForCurrentThread() - before) / Calls);
            }
            return least;
        }

        int Value(int i) => guest.InvokeValueAsync<int, int>(static (n, e) => e.Trigger(n + 1), i).GetAwaiter().GetResult();

        int TaskOf(int i) => guest.InvokeAsync<int, int>(static (n, e) => e.Trigger(n + 1), i).GetAwaiter().GetResult();

        int Beside(int i)
        {
            var task = thread.InvokeValueAsync<int, int>(static (n, e) => e.Trigger(n + 1), i);
            while (!task.IsCompleted)
                Thread.Yield();
            return task.Result;
        }
    }
}
