using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Tame.Hosting.Tests;

/// <summary>What an operator sees: the log of losses and slow turns, and the health check.</summary>
public sealed class WatchTests
{
    [Fact]
    public async Task A_lost_event_is_logged_once_also_if_the_call_has_caught_it()
    {
        await using var host = await Hosted.StartAsync(services => services.AddEventLoops(2), ("LostEvents", "Aggressive"));
        await host.Group[1].InvokeAsync(Mains.Lose).WaitAsync(Hosted.Hang);
        var entry = host.Log.Wait(3);
        Assert.Equal(LogLevel.Error, entry.Level);
        Assert.Matches(@"^Event loop hosted 2 has lost an event: The event made in Tame\.Hosting\.Tests\.Mains\.Lose at .*Mains\.cs:\d+ was lost", entry.Text);
        await host.Group[1].InvokeAsync(Mains.Lose).WaitAsync(Hosted.Hang);
        await host.StopAsync();
        Assert.Equal([3, 3], host.Log.OfLoops.Select(logged => logged.Id));
    }

    [Fact]
    public async Task A_slow_turn_of_a_loop_of_the_host_is_logged_and_no_other()
    {
        await using var other = EventLoopThread.Start();
        await using var host = await Hosted.StartAsync(services => services.AddEventLoops(1), ("SlowTurn", "00:00:00.700"));
        for (int i = 0; i < 20; i++)
        {
            await host.Group.InvokeAsync(e => timer(TimeSpan.FromMilliseconds(1), e));
            await other.InvokeAsync(e => timer(TimeSpan.FromMilliseconds(1), e));
        }
        await other.InvokeAsync(Block);
        Assert.Empty(host.Log.SlowTurns);
        await host.Group.InvokeAsync(Block);
        var entry = host.Log.Wait(4);
        Assert.Equal(LogLevel.Warning, entry.Level);
        Assert.Matches(@"^A turn of event loop hosted 1 took [1-9]\d\d+ ms\..*SlowTurn is 00:00:00\.7000000\.$", entry.Text);
    }

    [Fact]
    public async Task Without_a_limit_no_turn_is_slow()
    {
        await using var host = await Hosted.StartAsync(services => services.AddEventLoops(1), ("SlowTurn", "Infinite"));
        await host.Group.InvokeAsync(Block);
        await host.Group.InvokeAsync(e => asap(e));
        Assert.Empty(host.Log.SlowTurns);
    }

    [Fact]
    public async Task Loops_that_answer_are_healthy_and_the_data_tells_of_each()
    {
        await using var host = await Hosted.StartAsync(Add(services => services.AddEventLoops(2)), ("LostEvents", "Aggressive"), ("AnswerTimeout", "00:00:30"));
        var told = new ConcurrentQueue<string>();
        var call = host.Group[0].InvokeAsync(e => Mains.Wait(told, TimeSpan.Zero, e));
        await host.Group[1].InvokeAsync(Mains.Lose).WaitAsync(Hosted.Hang);
        var entry = await CheckAsync(host);
        Assert.Equal((HealthStatus.Healthy, "2 event loops answer."), (entry.Status, entry.Description));
        Assert.Equal((1, 0), (entry.Data["hosted 1: calls blocked"], entry.Data["hosted 2: calls blocked"]));
        Assert.Equal((0L, 1L), (entry.Data["hosted 1: events lost"], entry.Data["hosted 2: events lost"]));
        Assert.All(["hosted 1: answer in ms", "hosted 2: answer in ms"], key => Assert.InRange((double)entry.Data[key], 0, 30_000));
        Assert.False(call.IsCompleted);
    }

    [Theory]
    [InlineData(null, HealthStatus.Unhealthy)]
    [InlineData(HealthStatus.Degraded, HealthStatus.Degraded)]
    public async Task A_loop_that_does_not_answer_is_named(HealthStatus? asked, HealthStatus expected)
    {
        using var goesOn = new ManualResetEventSlim();
        await using var host = await Hosted.StartAsync(Add(services => services.AddEventLoops(2), asked), ("AnswerTimeout", "00:00:02"));
        host.Group[1].Post(() => goesOn.Wait(Hosted.Hang));
        var entry = await CheckAsync(host);
        goesOn.Set();
        Assert.Equal((expected, "Event loop hosted 2 did not answer within 00:00:02, because a call computes or blocks on its thread."), (entry.Status, entry.Description));
        Assert.DoesNotContain("hosted 2: answer in ms", entry.Data.Keys);
        Assert.Contains("hosted 1: answer in ms", entry.Data.Keys);
        await host.Group[1].InvokeAsync(e => e.Trigger()).WaitAsync(Hosted.Hang);
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(host)).Status);
    }

    [Fact]
    public async Task Loops_that_have_not_started_or_have_ended_are_not_healthy()
    {
        await using var host = Hosted.Make(Add(services => services
            .Configure<HostOptions>(options => options.BackgroundServiceExceptionBehavior = BackgroundServiceExceptionBehavior.Ignore)
            .AddEventLoops(2)));
        Assert.Equal((HealthStatus.Unhealthy, "The event loops do not run yet."), Shown(await CheckAsync(host)));
        await host.StartAsync();
        host.Group[0].Post(() => throw new ArithmeticException());
        host.Log.Wait(2);
        Assert.Equal((HealthStatus.Unhealthy, "A failure has ended event loop hosted 1."), Shown(await CheckAsync(host)));
        await host.StopAsync();
        Assert.Equal((HealthStatus.Unhealthy, "A failure has ended event loop hosted 1. Event loop hosted 2 is ending or has ended."), Shown(await CheckAsync(host)));
    }

    private static (HealthStatus Status, string? Description) Shown(HealthReportEntry entry) => (entry.Status, entry.Description);

    private static void Block(Event done)
    {
        Thread.Sleep(900);
        done.Trigger();
    }

    private static Action<IServiceCollection> Add(Action<IServiceCollection> add, HealthStatus? failureStatus = null) => services =>
    {
        add(services);
        services.AddHealthChecks().AddEventLoops(failureStatus: failureStatus, tags: ["loops"]);
    };

    private static async Task<HealthReportEntry> CheckAsync(Hosted host)
    {
        var report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(registration => registration.Tags.Contains("loops"));
        return report.Entries["event loops"];
    }
}
