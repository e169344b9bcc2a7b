using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace Tame.Orleans;

/// <summary>
/// The event loops of a silo's grains. They end before the silo deactivates its grains, because deactivation waits for running requests. Any thread may use it.
/// </summary>
internal sealed partial class SiloLoops(ILogger<SiloLoops> log, TimeProvider time, IEnumerable<LoopOptionsSource> options) : ILifecycleParticipant<ISiloLifecycle>
{
    private readonly Lock _lock = new();
    private readonly HashSet<GrainLoop> _loops = [];
    private readonly Func<IGrainContext, EventLoopOptions>? _options = options.LastOrDefault()?.Options;
    private volatile bool _isStopping;

    /// <summary>Whether the silo is stopping and ends the loops.</summary>
    public bool IsStopping => _isStopping;

    public void Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe("Tame's event loops", ServiceLifecycleStage.Active + 1, static _ => Task.CompletedTask, EndAll);

    public EventLoopOptions? OptionsFor(IGrainContext context) =>
        _options is not null ? _options(context) : time == TimeProvider.System ? null : new EventLoopOptions { TimeProvider = time };

    /// <summary>Adds a loop. False if the silo is stopping.</summary>
    public bool TryAdd(GrainLoop loop)
    {
        lock (_lock)
            return !_isStopping && _loops.Add(loop);
    }

    public void Remove(GrainLoop loop)
    {
        lock (_lock)
            _loops.Remove(loop);
    }

    [LoggerMessage(1, LogLevel.Error, "Tamed code of {Grain} failed, and the failure was not handled. The grain is deactivated.")]
    public partial void LogUnhandled(GrainId grain, Exception error);

    private Task EndAll(CancellationToken cancellationToken)
    {
        GrainLoop[] loops;
        lock (_lock)
        {
            _isStopping = true;
            loops = [.. _loops];
        }
        return Task.WhenAll(loops.Select(loop => loop.End(cancellationToken)));
    }
}

/// <summary>The options that were passed to <c>UseTame</c>.</summary>
internal sealed record LoopOptionsSource(Func<IGrainContext, EventLoopOptions> Options);
