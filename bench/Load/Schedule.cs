namespace Tame.Load;

/// <summary>When each client's next request is due, in nanoseconds since the run began.</summary>
internal sealed class Schedule(LoadOptions options)
{
    private readonly long _warmUp = Nanoseconds(options.WarmUp);
    private readonly long _end = Nanoseconds(options.WarmUp + options.Duration);
    private readonly long _think = Nanoseconds(options.Think);

    /// <summary>Whether a request that was due then counts.</summary>
    public bool Counts(long due) => due >= _warmUp && due < _end;

    /// <summary>When the last request may be due.</summary>
    public long End => _end;

    /// <summary>When a client's request number <paramref name="index"/>, from 0, is due. Without a rate that is now, or after the time to think.</summary>
    public long Due(int client, long index, long now) => options.Rate > 0
        ? (long)((((double)index * options.Clients) + client) * 1e9 / options.Rate)
        : index == 0 ? now : now + _think;

    private static long Nanoseconds(TimeSpan time) => time.Ticks * 100;
}
