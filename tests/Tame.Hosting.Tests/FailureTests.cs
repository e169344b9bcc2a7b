using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Tame.Hosting.Tests;

public sealed class FailureTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_failure_that_nothing_handles_stops_the_host_and_names_the_call(bool isOfMain)
    {
        var told = new ConcurrentQueue<string>();
        var gate = new TaskCompletionSource();
        await using var host = await Hosted.StartAsync(services => services.AddEventLoops(2, (context, done) =>
        {
            if (context.Index == 1)
                Mains.Wait(told, TimeSpan.FromMilliseconds(1), done);
            else if (isOfMain)
                Mains.CallFail(gate.Task, new ArithmeticException("planted"), done);
            else
                Mains.CallFail(gate.Task, new ArithmeticException("planted"), Event.Detached);
        }));
        gate.SetResult();
        await host.StopsByItselfAsync();
        await Record.ExceptionAsync(() => host.StopAsync());
        Assert.Equal(["is cancelled", "has cleaned up"], told);
        var entry = Assert.Single(host.Log.OfLoops);
        Assert.Equal((2, "planted"), (entry.Id, entry.Exception!.Message));
        Assert.Matches(@"^Event loop hosted 1 ends, because a failure was not handled\. The failure comes from: Tame\.Hosting\.Tests\.Mains\.Fail.*Mains\.cs:line \d+$", entry.Text);
        Assert.Matches(@"(?s)Mains\.Fail.*Mains\.CallFail in .*Mains\.cs:line", entry.Exception.StackTrace);
    }

    [Fact]
    public async Task With_Ignore_the_host_and_the_other_loops_go_on()
    {
        await using var host = await Hosted.StartAsync(services => services
            .Configure<HostOptions>(options => options.BackgroundServiceExceptionBehavior = BackgroundServiceExceptionBehavior.Ignore)
            .AddEventLoops(3));
        host.Group[1].Post(() => throw new ArithmeticException("planted"));
        host.Log.Wait(2);
        var names = new List<string>();
        for (int i = 0; i < 4; i++)
            names.Add(await host.Group.InvokeAsync<string>(e => e.Trigger(EventLoop.Current!.Name)).WaitAsync(Hosted.Hang));
        Assert.DoesNotContain("hosted 2", names);
        Assert.Equal(["hosted 1", "hosted 3"], names.Distinct().Order());
        Assert.False(host.Stopping.IsCancellationRequested);
        await Assert.ThrowsAnyAsync<Exception>(() => host.Group[1].InvokeAsync(e => e.Trigger()).WaitAsync(Hosted.Hang));
    }

    [Fact]
    public async Task A_failure_that_a_handler_takes_is_neither_logged_nor_an_end()
    {
        await using var host = await Hosted.StartAsync(services => services.AddEventLoops(1, (context, done) =>
        {
            context.Loop.UnhandledException += (_, arguments) => arguments.Handled = true;
            done.Trigger();
        }));
        host.Group[0].Post(() => throw new ArithmeticException("planted"));
        Assert.Equal(7, await host.Group.InvokeAsync<int>(e => asap(e.Bind(7))).WaitAsync(Hosted.Hang));
        Assert.Empty(host.Log.OfLoops);
    }

    [Fact]
    public async Task A_main_that_ends_by_a_cancellation_of_its_own_has_failed()
    {
        var gate = new TaskCompletionSource();
        await using var host = await Hosted.StartAsync(services => services.AddEventLoops(1, (_, done) => Mains.Fail(gate.Task, new OperationCanceledException("a user's"), done)));
        gate.SetResult();
        await host.StopsByItselfAsync();
        Assert.Equal("a user's", host.Log.Wait(2).Exception!.Message);
    }

    [Fact]
    public async Task A_call_whose_caller_gives_up_is_no_failure()
    {
        await using var host = await Hosted.StartAsync(services => services.AddEventLoops(1));
        using var source = new CancellationTokenSource();
        var call = host.Group.InvokeAsync(Mains.WaitForCaller, source.Token);
        await host.Group.InvokeAsync(e => e.Trigger());
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.WaitAsync(Hosted.Hang));
        Assert.True(SpinWait.SpinUntil(() => host.Group[0].Statistics.BlockedCalls == 0, Hosted.Hang));
        Assert.Equal(7, await host.Group.InvokeAsync<int>(e => asap(e.Bind(7))).WaitAsync(Hosted.Hang));
        Assert.Empty(host.Log.OfLoops);
    }

    [Fact]
    public async Task A_main_that_ends_by_a_token_of_its_own_has_failed()
    {
        using var source = new CancellationTokenSource();
        await using var host = await Hosted.StartAsync(services => services.AddEventLoops(1, (_, done) => Mains.Wait([], TimeSpan.Zero, done.WithCancellation(source.Token))));
        await source.CancelAsync();
        await host.StopsByItselfAsync();
        Assert.Equal(source.Token, Assert.IsType<OperationCanceledException>(host.Log.Wait(2).Exception).CancellationToken);
    }

    [Fact]
    public async Task A_main_that_the_stop_cancels_has_not_failed()
    {
        await using var host = await Hosted.StartAsync(services => services.AddEventLoops(1, (context, done) => Mains.Drain(context, [], done.WithCancellation(context.StoppingToken))));
        await host.StopAsync();
        Assert.Empty(host.Log.OfLoops);
    }

    [Fact]
    public async Task A_failure_while_the_loop_ends_is_logged()
    {
        await using var host = await Hosted.StartAsync(services => services.AddEventLoops(1, (_, done) => Mains.FailAtEnd(new ArithmeticException("planted"), done)));
        await host.StopAsync();
        Assert.Equal("planted", host.Log.Wait(2).Exception!.Message);
        Assert.Single(host.Log.OfLoops);
    }

    [Fact]
    public async Task A_main_whose_event_is_lost_has_failed()
    {
        Event held = default;
        await using var host = await Hosted.StartAsync(services => services.AddEventLoops(1, (_, done) => held = done), ("LostEvents", "Aggressive"));
        held = default;
        await host.Group.InvokeAsync(e => asap(e));
        await host.StopsByItselfAsync();
        Assert.IsType<LostEventException>(host.Log.Wait(2).Exception);
    }
}
