namespace Tame;

/// <summary>A loop's time: monotonic ticks of 100 ns from a time provider, and a cheap coarse clock for what is only reported.</summary>
internal class LoopClock(TimeProvider provider)
{
    /// <summary>The system's time, which is the same for all loops.</summary>
    private static readonly LoopClock s_system = new(TimeProvider.System);

    public static readonly LoopClock Stopped = s_system;
    private readonly long _frequency = provider.TimestampFrequency;

    /// <summary>The timestamp of time zero. A provider's timestamps may be negative and may wrap, so that only differences mean anything.</summary>
    private readonly long _origin = provider.GetTimestamp();

    public TimeProvider Provider { get; } = provider;

    /// <summary>The time now, rounded down: zero when the clock was made.</summary>
    public long Now => ToTicks(Elapsed);

    /// <summary>The time now, rounded up: what was done before was done at this time or earlier.</summary>
    public long NowRoundedUp => ToTicksRoundedUp(Elapsed);

    public virtual bool IsVirtual => false;

    private long Elapsed => unchecked(Provider.GetTimestamp() - _origin);

    /// <summary>Whether <see cref="Coarse"/> goes as <see cref="Now"/> does; a time provider of the user's may do as it likes.</summary>
    public bool HasCoarse { get; } = ReferenceEquals(provider, TimeProvider.System);

    /// <summary>Milliseconds, exact to a few.</summary>
    public virtual long Coarse => Environment.TickCount64;

    public static LoopClock For(EventLoopOptions options, EventLoop loop)
    {
        if (!options.VirtualTime)
            return options.TimeProvider is { } provider && !ReferenceEquals(provider, TimeProvider.System) ? new ProvidedClock(provider) : s_system;
        if (options.TimeProvider is not null)
            throw new ArgumentException("VirtualTime brings its own clock: set either it or TimeProvider.", nameof(options));
        return new VirtualClock(new VirtualTimeProvider(loop));
    }

    /// <summary>The deadline that lies a time ahead, rounded so that a timer never fires early.</summary>
    public long Due(TimeSpan delay)
    {
        if (delay == TimeSpan.Zero)
            return Now;
        return Later(NowRoundedUp, delay.Ticks);
    }

    /// <summary>The time so many ticks later, or the last of all times.</summary>
    public static long Later(long time, long ticks) => ticks > long.MaxValue - time ? long.MaxValue : time + ticks;

    /// <summary>Lets time pass to the next deadline when nothing else can happen. False where time passes by itself.</summary>
    public virtual bool TryJump(EventLoop loop) => false;

    /// <summary>Milliseconds until the next timer, rounded up; -1 for never.</summary>
    public virtual long TimeToNextTimer(EventLoop loop)
    {
        loop.Timers.DateAll();
        return loop.Timers.NextDue is { } due ? MillisecondsTo(due) : Timeout.Infinite;
    }

    /// <summary>The loop has ended.</summary>
    public virtual void End(EventLoop loop)
    {
    }

    /// <summary>Milliseconds until a deadline, rounded up; zero where it is past.</summary>
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

    /// <summary>Rounds up where a tick is longer than a step of the clock.</summary>
    private long ToTicksRoundedUp(long timestamp)
    {
        if (_frequency == 1_000_000_000)
            return (timestamp + 99) / 100;
        if (_frequency <= TimeSpan.TicksPerSecond)
            return ToTicks(timestamp);
        return (long)(((Int128)timestamp * TimeSpan.TicksPerSecond + _frequency - 1) / _frequency);
    }
}
