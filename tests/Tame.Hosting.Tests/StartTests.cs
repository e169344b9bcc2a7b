using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Tame.Hosting.Tests;

public sealed class StartTests
{
    [Fact]
    public async Task Each_loop_runs_main_on_its_thread_before_the_host_has_started()
    {
        var seen = new ConcurrentQueue<(int Index, string? Thread, bool IsCurrent)>();
        await using var host = await Hosted.StartAsync(services => services.AddEventLoops(3, (context, done) =>
        {
            seen.Enqueue((context.Index, Thread.CurrentThread.Name, ReferenceEquals(context.Loop, EventLoop.Current)));
            done.Trigger();
        }));
        Assert.Equal([(0, "hosted 1", true), (1, "hosted 2", true), (2, "hosted 3", true)], seen.Order());
        Assert.Equal(["hosted 1", "hosted 2", "hosted 3"], host.Group.Select(loop => loop.Name));
    }

    [Fact]
    public async Task A_tamed_main_and_an_asynchronous_one_run()
    {
        var told = new ConcurrentQueue<string>();
        await using (var host = await Hosted.StartAsync(services => services.AddEventLoops(1, (context, done) => Mains.Drain(context, told, done))))
            await host.StopAsync();
        await using (var host = await Hosted.StartAsync(services => services.AddEventLoops(1, async (context, done) =>
        {
            int home = Environment.CurrentManagedThreadId;
            await Task.Delay(Timeout.InfiniteTimeSpan, context.StoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            told.Enqueue($"came back: {home == Environment.CurrentManagedThreadId}");
            done.Trigger();
        })))
        {
            await host.StopAsync();
        }
        Assert.Equal(["runs", "stops", "has drained", "came back: True"], told);
    }

    [Fact]
    public async Task Calls_go_to_the_loops_in_turns_and_those_of_a_key_to_one()
    {
        await using var host = await Hosted.StartAsync(services => services.AddEventLoops(3));
        var names = new List<string>();
        for (int i = 0; i < 6; i++)
            names.Add(await host.Group.InvokeAsync<string>(e => e.Trigger(EventLoop.Current!.Name)));
        Assert.Equal(["hosted 1", "hosted 2", "hosted 3", "hosted 1", "hosted 2", "hosted 3"], names);
        Assert.All(Enumerable.Range(0, 100), key => Assert.Same(host.Group.For(key), host.Group.For(key)));
        Assert.Equal(3, Enumerable.Range(0, 100).Select(host.Group.For).Distinct().Count());
        Assert.Equal(3, host.Group.Count);
        Assert.Same(host.Group.ElementAt(2), host.Group[2]);
        Assert.Throws<ArgumentOutOfRangeException>(() => host.Group[3]);
    }

    [Fact]
    public async Task Every_form_of_a_call_runs_on_a_loop()
    {
        await using var host = await Hosted.StartAsync(services => services.AddEventLoops(1));
        var group = host.Group;
        string? name = null;
        await group.InvokeAsync(e =>
        {
            name = Thread.CurrentThread.Name;
            e.Trigger();
        });
        Assert.Equal("hosted 1", name);
        Assert.Equal("hosted 1", await group.InvokeAsync(async () =>
        {
            await Task.Yield();
            return Thread.CurrentThread.Name;
        }));
        Assert.Equal("hosted 1", await group.InvokeAsync<string?>(async e =>
        {
            await Task.Yield();
            e.Trigger(Thread.CurrentThread.Name);
        }));
        await Assert.ThrowsAsync<ArithmeticException>(() => group.InvokeAsync(async () =>
        {
            await Task.Yield();
            throw new ArithmeticException();
        }));
        await Assert.ThrowsAsync<ArithmeticException>(() => group.InvokeAsync(async _ =>
        {
            await Task.Yield();
            throw new ArithmeticException();
        }));
        using var source = new CancellationTokenSource();
        var cancelled = group.InvokeAsync(_ => source.Cancel(), source.Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled.WaitAsync(Hosted.Hang));
    }

    [Fact]
    public async Task The_group_says_that_it_has_not_started()
    {
        await using var host = Hosted.Make(services => services.AddEventLoops(1));
        Assert.StartsWith("The event loops do not run yet", Assert.Throws<InvalidOperationException>(() => { _ = host.Group.InvokeAsync(e => e.Trigger()); }).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => host.Group.For("key"));
        Assert.Throws<InvalidOperationException>(() => host.Group.Count);
    }

    [Fact]
    public void A_second_group_is_refused()
    {
        var services = new ServiceCollection().AddEventLoops(1);
        Assert.StartsWith("AddEventLoops was already called", Assert.Throws<InvalidOperationException>(() => services.AddEventLoops(1)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_main_that_fails_before_it_waits_fails_the_start_and_the_other_loops_clean_up(bool isTamed)
    {
        var told = new ConcurrentQueue<string>();
        var loops = new ConcurrentBag<EventLoop>();
        await using var host = Hosted.Make(services => services.AddEventLoops(2, (context, done) =>
        {
            loops.Add(context.Loop);
            if (context.Index == 0)
                Mains.Wait(told, TimeSpan.FromMilliseconds(10), done);
            else if (isTamed)
                Mains.CallFail(Task.CompletedTask, new ArithmeticException("planted"), done);
            else
                throw new ArithmeticException("planted");
        }));
        Assert.Equal("planted", (await Assert.ThrowsAsync<ArithmeticException>(host.StartAsync)).Message);
        Assert.Equal(["is cancelled", "has cleaned up"], told);
        Assert.Equal(2, loops.Count);
        Assert.All(loops, loop => Assert.Throws<ObjectDisposedException>(() => loop.Post(() => { })));
    }

    [Fact]
    public async Task A_failure_that_ends_a_loop_during_the_start_fails_the_start_with_it()
    {
        await using var host = Hosted.Make(services => services.AddEventLoops(1, (_, _) => Event.Detached.Fail(new ArithmeticException("planted"))));
        Assert.Equal("planted", (await Assert.ThrowsAsync<ArithmeticException>(host.StartAsync)).Message);
    }

    [Fact]
    public async Task Each_main_has_a_scope_which_lives_as_long_as_its_loop()
    {
        var told = new ConcurrentQueue<string>();
        var resources = new ConcurrentBag<Resource>();
        await using (var host = await Hosted.StartAsync(services => services.AddScoped<Resource>().AddEventLoops(2, (context, done) =>
        {
            var resource = context.Services.GetRequiredService<Resource>();
            Assert.Same(resource, context.Services.GetRequiredService<Resource>());
            resources.Add(resource);
            Mains.Wait(told, TimeSpan.FromMilliseconds(20), done);
            done.OnComplete(state => told.Enqueue($"disposed: {((Resource)state!).IsDisposed}"), resource);
        })))
        {
            Assert.Equal(2, resources.Distinct().Count());
            Assert.All(resources, resource => Assert.False(resource.IsDisposed));
            await host.StopAsync();
        }
        Assert.All(resources, resource => Assert.True(resource.IsDisposed));
        Assert.Equal(2, told.Count(text => text == "has cleaned up"));
        Assert.Equal(2, told.Count(text => text == "disposed: False"));
    }

    [Fact]
    public async Task A_main_that_has_completed_leaves_its_loop_to_calls()
    {
        await using var host = await Hosted.StartAsync(services => services.AddEventLoops(1, (_, done) => done.Trigger()));
        for (int i = 0; i < 3; i++)
            Assert.Equal(i, await host.Group.InvokeAsync<int>(e => timer(TimeSpan.FromMilliseconds(1), e.Bind(i))).WaitAsync(Hosted.Hang));
        await host.StopAsync();
        Assert.Empty(host.Log.OfLoops);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => host.Group.InvokeAsync(e => e.Trigger()));
    }

    [Fact]
    public void A_test_may_run_a_main_in_virtual_time()
    {
        var told = new ConcurrentQueue<string>();
        using var source = new CancellationTokenSource();
        EventLoop.Run(
            done =>
            {
                Mains.Drain(new EventLoopContext(new ServiceCollection().BuildServiceProvider(), EventLoop.Current!, 0, source.Token), told, done);
                source.Cancel();
            },
            new EventLoopOptions { VirtualTime = true });
        Assert.Equal(["runs", "stops", "has drained"], told);
    }

    private sealed class Resource : IDisposable
    {
        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }
}
