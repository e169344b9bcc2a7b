using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Tame.Hosting;

/// <summary>
/// Starts and stops the loops with the host. The host watches <see cref="BackgroundService.ExecuteTask"/>, and handles a failure as its options say.
/// </summary>
internal sealed class HostedLoops(EventLoopGroup group, HostedMain main, IOptions<EventLoopHostingOptions> options, IServiceProvider services, ILoggerFactory loggers) : BackgroundService
{
    private readonly ILogger _logger = loggers.CreateLogger(HostingLog.Category);
    private readonly Lock _gate = new();
    private HostedLoop[] _loops = [];
    private SlowTurns? _slowTurns;
    private LossWatch? _losses;
    private Task? _stop;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        var settings = options.Value;
        var loops = new List<HostedLoop>();
        try
        {
            for (int i = 0; i < settings.Count; i++)
                loops.Add(new HostedLoop(i, settings, services, _logger));
            _loops = [.. loops];
            group.Start(_loops);
            _losses = new LossWatch(_loops, _logger);
            if (settings.SlowTurn != Timeout.InfiniteTimeSpan)
                _slowTurns = new SlowTurns(_loops, settings.SlowTurn, _logger);
            if (main.Start is { } start)
                await Task.WhenAll(_loops.Select(loop => loop.StartAsync(start, cancellationToken))).ConfigureAwait(false);
        }
        catch
        {
            _loops = [.. loops];
            await (_stop = StopAllAsync(TimeSpan.Zero, cancellationToken)).ConfigureAwait(false);
            throw;
        }
        await base.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await StopLoopsAsync(cancellationToken).ConfigureAwait(false);
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Ends the loops of a host that is disposed of without a stop, for example because it failed to start.</summary>
    public override void Dispose()
    {
        StopLoopsAsync(new CancellationToken(canceled: true)).GetAwaiter().GetResult();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var ended in Task.WhenEach(_loops.Select(loop => loop.Completion)).ConfigureAwait(false))
            await ended.ConfigureAwait(false);
    }

    /// <summary>Stops the loops once, because a host may be stopped and disposed of on several threads at the same time.</summary>
    private Task StopLoopsAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
            return _stop ??= _loops.Length == 0 ? Task.CompletedTask : StopAllAsync(options.Value.DrainTimeout, cancellationToken);
    }

    private async Task StopAllAsync(TimeSpan drainTime, CancellationToken cancellationToken)
    {
        await Task.WhenAll(_loops.Select(loop => loop.StopAsync(drainTime, cancellationToken))).ConfigureAwait(false);
        _losses?.Dispose();
        _slowTurns?.Dispose();
    }
}
