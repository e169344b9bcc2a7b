using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Tame.Hosting.Tests;

/// <summary>A host of .NET with event loops, and what it logs.</summary>
internal sealed class Hosted : IAsyncDisposable
{
    public static readonly TimeSpan Hang = TimeSpan.FromSeconds(30);

    private readonly IHost _host;

    private Hosted(IHost host, LogOfTest log) => (_host, Log) = (host, log);

    public LogOfTest Log { get; }

    public IServiceProvider Services => _host.Services;

    public EventLoopGroup Group => Services.GetRequiredService<EventLoopGroup>();

    /// <summary>Is cancelled when the host begins to stop.</summary>
    public CancellationToken Stopping => Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;

    public static Hosted Make(Action<IServiceCollection> configure, params (string Key, string? Value)[] configuration)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        var log = new LogOfTest();
        builder.Logging.AddProvider(log).SetMinimumLevel(LogLevel.Debug);
        builder.Configuration.AddInMemoryCollection(configuration.Select(entry => new KeyValuePair<string, string?>($"EventLoops:{entry.Key}", entry.Value)));
        configure(builder.Services);
        builder.Services.ConfigureEventLoops(builder.Configuration.GetSection("EventLoops"));
        return new Hosted(builder.Build(), log);
    }

    public static async Task<Hosted> StartAsync(Action<IServiceCollection> configure, params (string Key, string? Value)[] configuration)
    {
        var made = Make(configure, configuration);
        await made.StartAsync();
        return made;
    }

    public Task StartAsync() => _host.StartAsync().WaitAsync(Hang);

    public Task StopAsync(CancellationToken cancellationToken = default) => _host.StopAsync(cancellationToken).WaitAsync(Hang, CancellationToken.None);

    /// <summary>Waits until the host stops by itself.</summary>
    public async Task StopsByItselfAsync() =>
        await Task.Delay(Timeout.InfiniteTimeSpan, Stopping).WaitAsync(Hang).ContinueWith(stopped => Assert.True(stopped.IsCanceled), TaskScheduler.Default);

    public async ValueTask DisposeAsync()
    {
        await StopAsync(new CancellationToken(canceled: true)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _host.Dispose();
    }
}
