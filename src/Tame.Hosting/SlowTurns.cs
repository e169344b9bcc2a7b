using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace Tame.Hosting;

/// <summary>Logs slow turns of the host's loops. The meter of the loops reports each turn, on the thread of the loop.</summary>
internal sealed class SlowTurns : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly HostedLoop[] _loops;
    private readonly TimeSpan _threshold;
    private readonly ILogger _logger;

    public SlowTurns(HostedLoop[] loops, TimeSpan threshold, ILogger logger)
    {
        (_loops, _threshold, _logger) = (loops, threshold, logger);
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument is { Meter.Name: "Tame", Name: "tame.loop.pass.duration" })
                listener.EnableMeasurementEvents(instrument, this);
        };
        _listener.SetMeasurementEventCallback<double>(static (_, seconds, _, state) => ((SlowTurns)state!).Look(seconds));
        _listener.Start();
    }

    public void Dispose() => _listener.Dispose();

    private void Look(double seconds)
    {
        if (seconds <= _threshold.TotalSeconds || EventLoop.Current is not { } loop || !Array.Exists(_loops, hosted => ReferenceEquals(hosted.Loop, loop)))
            return;
        HostingLog.SlowTurn(_logger, loop.Name, (long)(seconds * 1000), _threshold);
    }
}
