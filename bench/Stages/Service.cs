namespace Tame.Stages.Responses;

/// <summary>How long work takes, at random with a seed.</summary>
internal sealed class Service
{
    private readonly Random _random = new(1999);

    /// <summary>The mean time for one item.</summary>
    public required TimeSpan Mean { get; init; }

    /// <summary>By what the work takes longer at a time; 1 by default.</summary>
    public Func<TimeSpan, double> Slowness { get; init; } = static _ => 1;

    /// <summary>From when until when nothing gets on; never by default.</summary>
    public (TimeSpan From, TimeSpan Until) Stall { get; init; } = (TimeSpan.MaxValue, TimeSpan.MaxValue);

    /// <summary>The time for one item that is begun now: from half of the mean to one and a half.</summary>
    public TimeSpan Next(TimeSpan now)
    {
        var time = Mean * ((0.5 + _random.NextDouble()) * Slowness(now));
        // Work that would go on in the stall ends as much later as is left of the stall.
        return now < Stall.Until && now + time >= Stall.From && Stall.Until > Stall.From ? time + (Stall.Until - (now > Stall.From ? now : Stall.From)) : time;
    }
}
