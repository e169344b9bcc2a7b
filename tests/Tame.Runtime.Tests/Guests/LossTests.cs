#pragma warning disable xUnit1051, xUnit1031 // Calls without a token are what is tested, and turns are made by hand.
using System.Runtime.CompilerServices;

namespace Tame.Runtime.Tests.Guests;

/// <summary>Lost events of guests, which no run looks for: one probe of the process does.</summary>
[Collection(nameof(Alone))]
public sealed class LossTests
{
    [Fact]
    public async Task Ten_thousand_losses_of_one_guest_are_found()
    {
        const int Calls = 10_000;
        await using var loop = EventLoop.CreateGuest(EventLoopHost.ThreadPool);
        var tasks = Lose(loop, Calls);
        foreach (var task in tasks)
            await Assert.ThrowsAsync<LostEventException>(() => task.WaitAsync(Loops.Hang));
        Assert.Equal(Calls, loop.Statistics.EventsLost);
    }

    [Fact]
    public async Task A_loss_behind_a_call_that_waits_is_found_and_names_its_line()
    {
        await using var loop = EventLoop.CreateGuest(EventLoopHost.ThreadPool, new EventLoopOptions { LostEvents = LostEventDetection.Aggressive });
        var task = loop.InvokeAsync(done => Call.Blocks(
            done,
            c => Primitives.timer(TimeSpan.FromMilliseconds(1), c.Make(101)),
            c => Drop(c)));
        var loss = await Assert.ThrowsAsync<LostEventException>(() => task.WaitAsync(Loops.Hang));
        Assert.Equal(102, loss.Line);
    }

    [Fact]
    public async Task A_guest_that_is_dropped_while_a_call_waits_stays_until_the_call_ends()
    {
        var source = new TaskCompletionSource<Event>();
        var task = StartAndDrop(source);
        var e = await source.Task.WaitAsync(Loops.Hang);
        Collector.Run();
        Collector.Run();
        Assert.False(task.IsCompleted);
        e.Trigger();
        await task.WaitAsync(Loops.Hang);
    }

    [Fact]
    public void A_guest_in_which_nothing_waits_leaves_memory_without_an_end()
    {
        var weak = MakeAndDrop();
        for (int i = 0; i < 100 && IsAlive(weak); i++)
        {
            Collector.Run();
            Thread.Sleep(10);
        }
        Assert.False(IsAlive(weak));
    }

    [Fact]
    public void An_idle_guest_has_no_turn()
    {
        var host = new ManualHost();
        var loop = EventLoop.CreateGuest(host);
        loop.InvokeAsync(done => Call.Blocks(done, c => Primitives.timer(TimeSpan.FromHours(1), c.Make(101))));
        host.RunAll();
        for (int i = 0; i < 5; i++)
        {
            Collector.Run();
            Thread.Sleep(100);
        }
        Assert.Equal(0, host.Count);
        var stopped = loop.StopAsync();
        host.RunUntil(stopped);
    }

    /// <summary>A method of its own: in a debug build what it asks for is kept until it returns.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool IsAlive(WeakReference<EventLoop> weak) => weak.TryGetTarget(out _);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Drop(Call call) => call.Make(102);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static List<Task> Lose(EventLoop loop, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => loop.InvokeAsync(done => Call.Blocks(done, c => Drop(c))))];

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Task StartAndDrop(TaskCompletionSource<Event> source)
    {
        var loop = EventLoop.CreateGuest(EventLoopHost.ThreadPool);
        return loop.InvokeAsync(done => Call.Blocks(done, c => source.SetResult(c.Make(101))));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference<EventLoop> MakeAndDrop()
    {
        var loop = EventLoop.CreateGuest(EventLoopHost.ThreadPool);
        loop.InvokeAsync(done => Call.Blocks(done, c => Primitives.timer(TimeSpan.FromMilliseconds(1), c.Make(101)))).Wait(Loops.Hang);
        return new WeakReference<EventLoop>(loop);
    }
}
