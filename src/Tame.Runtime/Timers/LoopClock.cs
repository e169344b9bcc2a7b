namespace Tame;

/// <summary>A loop's time: monotonic ticks of 100 ns from a time provider, and a coarse clock that is cheap to read.</summary>
internal class LoopClock(TimeProvider provider)
{
    /// <summary>The system's clock, which all loops share.</summary>
    private static readonly LoopClock s_system = new(TimeProvider.System);

    public static readonly LoopClock Stopped = s_system;
    private readonly long _frequency = provider.TimestampFrequency;

    /// <summary>The timestamp of time zero. A provider's timestamps may be negative and may wrap, so only their differences have a meaning.</summary>
    private readonly long _origin = provider.GetTimestamp();

    public TimeProvider Provider { get; } = provider;

    /// <summary>The current time, rounded down. It is zero when the clock is created.</summary>
    public long Now => ToTicks(Elapsed);

    /// <summary>The current time, rounded up: everything that is already done was done at this time or earlier.</summary>
    public long NowRoundedUp => ToTicksRoundedUp(Elapsed);

    public virtual bool IsVirtual => false;

    private long Elapsed => unchecked(Provider.GetTimestamp() - _origin);

    /// <summary>Whether <see cref="Coarse"/> advances with <see cref="Now"/>. A user's time provider need not advance with the system's clock.</summary>
    public bool HasCoarse { get; } = ReferenceEquals(provider, TimeProvider.System);

    /// <summary>The time in milliseconds, accurate to one step of the system's tick count.</summary>
    public virtual long Coarse => Environment.TickCount64;

    public static LoopClock For(EventLoopOptions options, EventLoop loop)
    {
        if (!options.VirtualTime)
            return options.TimeProvider is { } provider && !ReferenceEquals(provider, TimeProvider.System) ? new ProvidedClock(provider) : s_system;
        if (options.TimeProvider is not null)
            throw new ArgumentException("VirtualTime has its own clock: set either VirtualTime or TimeProvider, not both.", nameof(options));
        return new VirtualClock(new VirtualTimeProvider(loop));
    }

    /// <summary>The deadline after a delay, rounded so that a timer never fires early.</summary>
    public long Due(TimeSpan delay)
    {
        if (delay == TimeSpan.Zero)
            return Now;
        return Later(NowRoundedUp, delay.Ticks);
    }

    /// <summary>The time that is this number of ticks later, or <see cref="long.MaxValue"/> if that overflows.</summary>
    public static long Later(long time, long ticks) => ticks > long.MaxValue - time ? long.MaxValue : time + ticks;

    /// <summary>Moves virtual time to the next deadline, when nothing else can happen. False if the clock cannot be moved.</summary>
    public virtual bool TryJump(EventLoop loop) => false;

    /// <summary>Milliseconds until the next timer, rounded up; -1 if no timer is set.</summary>
    public virtual long TimeToNextTimer(EventLoop loop)
    {
        loop.Timers.DateAll();
        return loop.Timers.NextDue is { } due ? MillisecondsTo(due) : Timeout.Infinite;
    }

    /// <summary>Called when the loop has ended.</summary>
    public virtual void End(EventLoop loop)
    {
    }

    /// <summary>Milliseconds until a deadline, rounded up; zero if it has passed.</summary>
    protected long MillisecondsTo(long due)
    {
        long left = Math.Max(0, due - Now);
        return left / TimeSpan.TicksPerMillisecond + (left % TimeSpan.TicksPerMillisecond == 0 ? 0 : 1);
    }

    private long ToTicks(long timestamp)
    {
        if (_frequency == 1_000_000_000)
            return timestamp / 100;
        if (_frequency == TimeSpan.TicksPerSecond)
            return timestamp;
        return (long)((Int128)timestamp * TimeSpan.TicksPerSecond / _frequency);
    }

    /// <summary>Rounds up if a tick is longer than a step of the clock.</summary>
    private long ToTicksRoundedUp(long timestamp)
    {
        if (_frequency == 1_000_000_000)
            return (timestamp + 99) / 100;
        if (_frequency <= TimeSpan.TicksPerSecond)
            return ToTicks(timestamp);
        return (long)(((Int128)timestamp * TimeSpan.TicksPerSecond + _frequency - 1) / _frequency);
    }
}
