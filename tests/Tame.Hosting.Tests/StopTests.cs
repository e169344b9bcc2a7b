using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Tame.Hosting.Tests;

public sealed class StopTests
{
    [Fact]
    public async Task A_main_that_looks_for_the_stop_completes_and_nothing_is_cancelled()
    {
        var told = new ConcurrentQueue<string>();
        await using var host = await Hosted.StartAsync(services => services.AddEventLoops(2, (context, done) => Mains.Drain(context, told, done)));
        await host.StopAsync();
        Assert.Equal(["runs", "runs", "stops", "stops", "has drained", "has drained"], told.OrderBy(text => text switch { "runs" => 0, "stops" => 1, _ => 2 }));
        Assert.Empty(host.Log.OfLoops);
        Assert.Equal([1, 1, 9, 9], host.Log.Debug.Select(entry => entry.Id).Where(id => id != 4));
    }

    [Fact]
    public async Task A_main_that_does_not_is_cancelled_at_once_and_its_finally_may_wait()
    {
        var told = new ConcurrentQueue<string>();
        await using var host = await Hosted.StartAsync(services => services.AddEventLoops(1, (_, done) => Mains.Wait(told, TimeSpan.FromMilliseconds(20), done)), ("DrainTimeout", "Infinite"));
        await host.StopAsync();
        Assert.Equal(["is cancelled", "has cleaned up"], told);
        Assert.Empty(host.Log.OfLoops);
    }

    [Fact]
    public async Task Calls_under_way_are_cancelled_and_their_tasks_end()
    {
        var told = new ConcurrentQueue<string>();
        await using var host = await Hosted.StartAsync(services => services.AddEventLoops(1));
        var call = host.Group.InvokeAsync(e => Mains.Wait(told, TimeSpan.FromMilliseconds(1), e));
        await host.StopAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.WaitAsync(Hosted.Hang));
        Assert.Equal(["is cancelled", "has cleaned up"], told);
    }

    [Fact]
    public async Task A_main_that_goes_on_after_DrainTimeout_is_cancelled_and_logged()
    {
        var told = new ConcurrentQueue<string>();
        await using var host = await Hosted.StartAsync(services => services.AddEventLoops(1, (context, done) => Mains.Ignore(context, told, done)), ("DrainTimeout", "00:00:00.050"));
        await host.StopAsync();
        Assert.Equal(["is cancelled", "has cleaned up"], told);
        Assert.Equal("The main of event loop hosted 1 did not complete within DrainTimeout (00:00:00.0500000) after the stop. The loop ends, and its calls are cancelled.", Assert.Single(host.Log.OfLoops).Text);
        Assert.Equal(5, host.Log.OfLoops[0].Id);
    }

    [Fact]
    public async Task Calls_that_do_not_end_within_ExitTimeout_are_named()
    {
        var told = new ConcurrentQueue<string>();
        await using var host = await Hosted.StartAsync(services => services.AddEventLoops(1, (_, done) => Mains.Wait(told, TimeSpan.FromHours(1), done)), ("ExitTimeout", "00:00:02"));
        await host.StopAsync();
        Assert.Equal(["is cancelled"], told);
        var entry = Assert.Single(host.Log.OfLoops);
        Assert.Equal(6, entry.Id);
        Assert.StartsWith("Event loop hosted 1 has abandoned calls: ", entry.Text, StringComparison.Ordinal);
        Assert.Matches(@"Tame\.Hosting\.Tests\.Mains\.Wait at .*Mains\.cs:\d+", entry.Text);
    }

    [Fact]
    public async Task What_is_left_when_the_host_waits_no_longer_is_named()
    {
        var told = new ConcurrentQueue<string>();
        await using var host = await Hosted.StartAsync(
            services => services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromMilliseconds(100)).AddEventLoops(1, (_, done) => Mains.Wait(told, TimeSpan.FromHours(1), done)),
            ("ExitTimeout", "Infinite"));
        await host.StopAsync();
        var entry = Assert.Single(host.Log.OfLoops);
        Assert.Equal(7, entry.Id);
        Assert.Matches(@"The host's time to stop is over, and event loop hosted 1 has not ended\. These calls wait:\nTame\.Hosting\.Tests\.Mains\.Wait at .*Mains\.cs:\d+", entry.Text);
    }

    [Fact]
    public async Task A_call_that_blocks_its_thread_does_not_keep_the_host()
    {
        using var goesOn = new ManualResetEventSlim();
        await using var host = await Hosted.StartAsync(services => services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(1)).AddEventLoops(2));
        host.Group[1].Post(() => goesOn.Wait(Hosted.Hang));
        await host.StopAsync();
        goesOn.Set();
        var entry = Assert.Single(host.Log.OfLoops, entry => entry.Id == 7);
        Assert.Equal("The host's time to stop is over, and event loop hosted 2 has not ended. Its thread does not answer, because a call computes or blocks on it.", entry.Text);
    }

    [Fact]
    public async Task An_event_for_the_stop_may_have_a_time_limit_and_another_is_triggered_later()
    {
        EventLoopContext? context = null;
        await using var host = await Hosted.StartAsync(services => services.AddEventLoops(1, (given, done) =>
        {
            context = given;
            given.Stopping(done);
        }));
        for (int i = 0; i < 3; i++)
            await Assert.ThrowsAsync<TimeoutException>(() => host.Group.InvokeAsync(e => context!.Stopping(e.WithTimeout(TimeSpan.FromMilliseconds(5)))).WaitAsync(Hosted.Hang));
        await host.StopAsync();
        Assert.Empty(host.Log.OfLoops);
    }

    [Fact]
    public async Task A_host_that_is_disposed_of_without_a_stop_ends_its_loops()
    {
        var told = new ConcurrentQueue<string>();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddEventLoops(1, (context, done) => Mains.Wait(told, TimeSpan.FromMilliseconds(1), done));
        var host = builder.Build();
        await host.StartAsync();
        var loop = host.Services.GetRequiredService<EventLoopGroup>()[0];
        host.Dispose();
        Assert.Equal(["is cancelled", "has cleaned up"], told);
        Assert.Throws<ObjectDisposedException>(() => loop.Post(() => { }));
    }

    [Fact]
    public async Task Code_that_fails_when_it_is_told_of_the_stop_is_logged_and_the_stop_goes_on()
    {
        var told = new ConcurrentQueue<string>();
        await using var host = await Hosted.StartAsync(services => services.AddEventLoops(1, (context, done) =>
        {
            context.StoppingToken.Register(() => throw new ArithmeticException("planted"));
            Mains.Drain(context, told, done);
        }));
        await host.StopAsync();
        Assert.Equal(["runs", "stops", "has drained"], told);
        var entry = Assert.Single(host.Log.OfLoops);
        Assert.Equal((8, "planted"), (entry.Id, Assert.IsType<AggregateException>(entry.Exception).InnerException!.Message));
    }
}
