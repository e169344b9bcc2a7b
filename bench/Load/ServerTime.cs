namespace Tame.Load;

/// <summary>The processor time of a server in the part of a run that counts.</summary>
internal sealed class ServerTime : IDisposable
{
    private readonly Timer? _start;
    private readonly Timer? _end;
    private TimeSpan? _before;
    private TimeSpan? _after;

    /// <summary>Starts to watch now, as the run begins. Without a process nothing is watched.</summary>
    public ServerTime(int? process, TimeSpan warmUp, TimeSpan duration)
    {
        if (process is not { } id)
            return;
        _ = ProcessorTime.Of(id);       // throws now where there is no such process
        _start = new Timer(_ => _before = ProcessorTime.Of(id), null, warmUp, Timeout.InfiniteTimeSpan);
        _end = new Timer(_ => _after = ProcessorTime.Of(id), null, warmUp + duration, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Null where nothing was watched.</summary>
    public TimeSpan? Used => _after - _before;

    public void Dispose()
    {
        _start?.Dispose();
        _end?.Dispose();
    }
}
