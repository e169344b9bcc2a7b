#pragma warning disable xUnit1051 // Calls without a token are what is tested.
using System.Diagnostics;
using Tame.Runtime.Tests.Clocks;

namespace Tame.Runtime.Tests.Guests;

/// <summary>A guest's timers: none early, all in order, by whatever clock.</summary>
public sealed class TimeTests
{
    [Fact]
    public async Task Timers_fire_in_the_order_of_their_deadlines_and_none_early()
    {
        await using var loop = EventLoop.CreateGuest(EventLoopHost.ThreadPool);
        int[] delays = [30, 3, 20, 1, 12, 7, 25, 16, 9, 40, 5, 1];
        var fired = new List<(long Earliest, long Latest)>();
        int early = 0;
        await Task.WhenAll(delays.Select(delay => loop.InvokeAsync(done =>
        {
            long before = Stopwatch.GetTimestamp(), after = 0;
            Call.Blocks(
                done,
                c =>
                {
                    Primitives.timer(TimeSpan.FromMilliseconds(delay), c.Make(101));
                    after = Stopwatch.GetTimestamp();
                },
                c =>
                {
                    early += Stopwatch.GetElapsedTime(before).TotalMilliseconds < delay ? 1 : 0;
                    long length = delay * Stopwatch.Frequency / 1000;
                    fired.Add((before + length, after + length));
                    c.Make(102).Trigger();
                });
        }))).WaitAsync(Loops.Hang);
        Assert.Equal(0, early);
        Assert.Equal(delays.Length, fired.Count);
        long step = Stopwatch.Frequency / 1000;
        foreach (var (first, second) in fired.Zip(fired.Skip(1)))
            Assert.True(first.Earliest <= second.Latest + step, $"A timer fired before one whose time came {(first.Earliest - second.Latest) / step} ms earlier.");
    }

    [Fact]
    public async Task A_time_limit_ends_a_wait()
    {
        await using var loop = EventLoop.CreateGuest(EventLoopHost.ThreadPool);
        var task = loop.InvokeAsync(done => Call.Blocks(done, c => c.Held = c.Make(101).WithTimeout(TimeSpan.FromMilliseconds(5))));
        await Assert.ThrowsAsync<TimeoutException>(() => task.WaitAsync(Loops.Hang));
    }

    [Fact]
    public void A_clock_of_the_user_s_that_is_moved_leads_to_a_turn()
    {
        var host = new ManualHost();
        var time = new ManualTime();
        var loop = EventLoop.CreateGuest(host, new EventLoopOptions { TimeProvider = time });
        var task = loop.InvokeAsync(done => Call.Blocks(done, c => Primitives.timer(TimeSpan.FromHours(1), c.Make(101)), c => Primitives.timer(TimeSpan.FromHours(1), c.Make(102))));
        host.RunAll();
        time.Advance(TimeSpan.FromHours(1) - TimeSpan.FromTicks(1));
        host.RunAll();
        Assert.False(task.IsCompleted);
        time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(1, host.RunAll());
        Assert.False(task.IsCompleted);
        time.Advance(TimeSpan.FromHours(1));
        host.RunAll();
        Assert.True(task.IsCompletedSuccessfully);
        host.RunUntil(loop.StopAsync());
    }

    [Fact]
    public void A_clock_that_jumps_and_says_so_to_no_one_is_looked_at()
    {
        var host = new ManualHost();
        var time = new SilentTime();
        var loop = EventLoop.CreateGuest(host, new EventLoopOptions { TimeProvider = time });
        var task = loop.InvokeAsync(done => Call.Blocks(done, c => Primitives.timer(TimeSpan.FromHours(1), c.Make(101))));
        host.RunAll();
        time.Advance(TimeSpan.FromHours(1));
        host.RunUntil(task);
        host.RunUntil(loop.StopAsync());
    }

    [Fact]
    public void Virtual_time_passes_within_a_turn_and_stands_still_while_it_is_held()
    {
        var host = new ManualHost();
        var loop = EventLoop.CreateGuest(host, Loops.Virtual);
        var hold = loop.HoldTime();
        var task = loop.InvokeAsync(done => Call.Blocks(done, c => Primitives.timer(TimeSpan.FromHours(1), c.Make(101))));
        host.RunAll();
        Assert.False(task.IsCompleted);
        hold.Dispose();
        Assert.NotEqual(0, host.RunAll());
        Assert.True(task.IsCompletedSuccessfully);
        var late = loop.InvokeAsync(done => Call.Blocks(done, c => c.Held = c.Make(101).WithTimeout(TimeSpan.FromDays(1))));
        host.RunAll();
        Assert.IsType<TimeoutException>(late.Exception!.InnerException);
        host.RunUntil(loop.StopAsync());
    }

    [Fact]
    public void A_loss_in_virtual_time_is_found_within_the_turn()
    {
        var host = new ManualHost();
        var loop = EventLoop.CreateGuest(host, Loops.Virtual);
        var task = loop.InvokeAsync(done => Call.Blocks(done, c => Drop(c)));
        host.RunUntil(task);
        Assert.IsType<LostEventException>(task.Exception!.InnerException);
        host.RunUntil(loop.StopAsync());

        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
        static void Drop(Call call) => call.Make(101);
    }
}
