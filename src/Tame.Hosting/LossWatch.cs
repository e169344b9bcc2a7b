using Microsoft.Extensions.Logging;

namespace Tame.Hosting;

/// <summary>
/// Logs events that the host's loops have lost, even if the waiting call has caught the exception. It checks once a second, on the thread pool.
/// </summary>
internal sealed class LossWatch : IDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);

    private readonly HostedLoop[] _loops;
    private readonly LostEventException?[] _lastLogged;
    private readonly ILogger _logger;
    private readonly Timer _timer;
    private readonly Lock _gate = new();

    public LossWatch(HostedLoop[] loops, ILogger logger)
    {
        (_loops, _logger) = (loops, logger);
        _lastLogged = new LostEventException?[loops.Length];
        _timer = new Timer(static watch => ((LossWatch)watch!).Look(), this, s_interval, s_interval);
    }

    /// <summary>Logs the losses since the last check.</summary>
    public void Dispose()
    {
        _timer.Dispose();
        Look();
    }

    private void Look()
    {
        lock (_gate)
        {
            for (int i = 0; i < _loops.Length; i++)
                LookAt(i);
        }
    }

    private void LookAt(int index)
    {
        var loop = _loops[index].Loop;
        var losses = loop.Statistics.LastLosses;
        foreach (var loss in losses.Reverse().TakeWhile(loss => !ReferenceEquals(loss, _lastLogged[index])).Reverse())
            HostingLog.Lost(_logger, loop.Name, loss.Message);
        if (losses.Count != 0)
            _lastLogged[index] = losses[^1];
    }
}
