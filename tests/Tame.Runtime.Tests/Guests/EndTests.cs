#pragma warning disable xUnit1051, CA2012 // Calls without a token are what is tested; value tasks are awaited or complete.

namespace Tame.Runtime.Tests.Guests;

/// <summary>The end of a guest: calls clean up in further turns, and whatever the host does, it ends.</summary>
public sealed class EndTests
{
    private static readonly TimeSpan s_short = TimeSpan.FromMilliseconds(20);

    [Fact]
    public async Task Blocked_calls_clean_up_and_may_wait_meanwhile()
    {
        var loop = EventLoop.CreateGuest(EventLoopHost.ThreadPool);
        var steps = new List<string>();
        Event held = default;
        var task = loop.InvokeAsync(done => Call.Start(
            c =>
            {
                switch (c.State)
                {
                    case 0:
                        c.EnterBlock();
                        held = c.Make(101);
                        Assert.False(c.BlockDone(1));
                        return;
                    case 1:
                        steps.Add(Assert.Throws<OperationCanceledException>(c.EndBlockOrThrow).GetType().Name);
                        c.EnterBlock();
                        Primitives.timer(s_short, c.Make(102));
                        c.BlockDone(2);
                        return;
                    default:
                        c.EndBlockOrThrow();
                        steps.Add("cleaned");
                        c.Done.Trigger();
                        return;
                }
            },
            done));
        await loop.InvokeAsync(e => e.Trigger()).WaitAsync(Loops.Hang);
        await loop.StopAsync().WaitAsync(Loops.Hang);
        await task.WaitAsync(Loops.Hang);
        Assert.Equal([nameof(OperationCanceledException), "cleaned"], steps);
        Assert.True(loop.Completion.IsCompletedSuccessfully);
        Assert.False(held.Trigger());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => loop.InvokeAsync(e => e.Trigger()));
        Assert.Throws<ObjectDisposedException>(() => loop.Post(() => { }));
    }

    [Fact]
    public void Calls_that_take_too_long_are_abandoned_and_named()
    {
        var host = new ManualHost();
        var loop = EventLoop.CreateGuest(host, new EventLoopOptions { ExitTimeout = s_short });
        Exception? reported = null;
        loop.UnhandledException += (_, unhandled) => (reported, unhandled.Handled) = (unhandled.Exception, true);
        var task = loop.InvokeAsync(Stubborn);
        host.RunAll();
        var stopped = loop.StopAsync();
        host.RunUntil(stopped);
        Assert.True(task.IsCanceled);
        Assert.Contains("Tests.Call at Call.cs:", Assert.IsType<TimeoutException>(reported).Message, StringComparison.Ordinal);
        Assert.True(loop.Completion.IsCompletedSuccessfully);
    }

    [Fact]
    public void A_token_cuts_short_the_time_for_cleaning_up()
    {
        var host = new ManualHost();
        var loop = EventLoop.CreateGuest(host, new EventLoopOptions { ExitTimeout = Timeout.InfiniteTimeSpan });
        loop.UnhandledException += (_, unhandled) => unhandled.Handled = true;
        _ = loop.InvokeAsync(Stubborn);
        host.RunAll();
        using var source = new CancellationTokenSource();
        var stopped = loop.StopAsync(source.Token);
        host.RunAll();
        Assert.False(stopped.IsCompleted);
        source.Cancel();
        host.RunAll();
        Assert.True(stopped.IsCompletedSuccessfully);
    }

    [Fact]
    public void With_abandon_bodies_do_not_resume()
    {
        var host = new ManualHost();
        var loop = EventLoop.CreateGuest(host, new EventLoopOptions { OnExit = ExitBehavior.Abandon });
        bool resumed = false;
        var task = loop.InvokeAsync(done => Call.Blocks(done, c => c.Held = c.Make(101), _ => resumed = true));
        host.RunAll();
        var stopped = loop.StopAsync();
        host.RunAll();
        Assert.True(stopped.IsCompletedSuccessfully);
        Assert.True(task.IsCanceled);
        Assert.False(resumed);
    }

    [Fact]
    public void A_guest_may_be_stopped_in_its_turn_and_twice_and_when_it_has_ended()
    {
        var host = new ManualHost();
        var loop = EventLoop.CreateGuest(host);
        Task? inside = null;
        loop.Post(() => inside = loop.StopAsync());
        loop.Post(loop.Stop);
        loop.Post(loop.Dispose);
        host.RunAll();
        Assert.True(inside!.IsCompletedSuccessfully);
        Assert.Same(inside, loop.StopAsync());
        Assert.True(loop.DisposeAsync().IsCompletedSuccessfully);
        loop.RunTurn();
        Assert.Equal(0, host.Count);
    }

    [Fact]
    public void A_failure_that_nothing_handles_ends_the_guest_and_is_told_to_its_host()
    {
        var host = new ManualHost();
        var loop = EventLoop.CreateGuest(host);
        var other = loop.InvokeAsync(done => Call.Blocks(done, c => c.Held = c.Make(101)));
        var error = new FormatException("lost");
        loop.Post(() => throw error);
        var completion = loop.Completion;
        host.RunAll();
        Assert.Same(error, Assert.Single(host.Unhandled));
        Assert.Same(error, completion.Exception!.InnerException);
        Assert.True(other.IsCanceled);
        Assert.True(loop.StopAsync().IsCompletedSuccessfully);
        Assert.Same(error, loop.Completion.Exception!.InnerException);
    }

    [Fact]
    public async Task A_host_that_cannot_schedule_ends_the_guest_with_its_failure()
    {
        var host = new ManualHost { Refusal = new ObjectDisposedException("host") };
        var loop = EventLoop.CreateGuest(host);
        var task = loop.InvokeAsync(e => e.Trigger());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => loop.Completion.WaitAsync(Loops.Hang));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task.WaitAsync(Loops.Hang));
    }

    [Fact]
    public async Task A_guest_whose_host_makes_no_turn_ends_all_the_same()
    {
        var host = new ManualHost();
        var loop = EventLoop.CreateGuest(host, new EventLoopOptions { ExitTimeout = TimeSpan.Zero });
        bool cleaned = false;
        var task = loop.InvokeAsync(done => Call.Start(
            c =>
            {
                if (c.State == 0)
                {
                    c.EnterBlock();
                    c.Held = c.Make(101);
                    Assert.False(c.BlockDone(1));
                    return;
                }
                Assert.Throws<OperationCanceledException>(c.EndBlockOrThrow);
                cleaned = true;
                c.Done.Trigger();
            },
            done));
        host.RunAll();
        await loop.StopAsync().WaitAsync(Loops.Hang);
        Assert.True(task.IsCompletedSuccessfully);
        Assert.True(cleaned);
        Assert.Equal(1, host.RunAll());
    }

    [Fact]
    public async Task What_waits_for_a_guest_elsewhere_is_told_when_it_ends()
    {
        var loop = EventLoop.CreateGuest(EventLoopHost.ThreadPool);
        var told = new TaskCompletionSource();
        await loop.InvokeAsync(e =>
        {
            Call.Blocks(Event.Ignored, c =>
            {
                var held = c.Make(101);
                held.OnComplete(_ => told.SetResult(), null);
                c.Held = held;
            });
            e.Trigger();
        }).WaitAsync(Loops.Hang);
        await loop.StopAsync().WaitAsync(Loops.Hang);
        await told.Task.WaitAsync(Loops.Hang);
    }

    /// <summary>A call that waits again whenever its wait is cancelled.</summary>
    private static void Stubborn(Event done) => Call.Start(
        c =>
        {
            if (c.State != 0)
                Assert.Throws<OperationCanceledException>(c.EndBlockOrThrow);
            c.EnterBlock();
            c.Held = c.Make(101);
            c.BlockDone(1);
        },
        done);
}
