namespace Tame;

/// <summary>A loop's time: monotonic ticks of 100 ns from a time provider, and a cheap coarse clock for what is only reported.</summary>
internal class LoopClock(TimeProvider provider)
{
    public static readonly LoopClock Stopped = new(TimeProvider.System);
    private readonly long _frequency = provider.TimestampFrequency;

    public TimeProvider Provider { get; } = provider;

    /// <summary>The time now, rounded down.</summary>
    public long Now => ToTicks(Provider.GetTimestamp());

    public virtual bool IsVirtual => false;

    /// <summary>Whether <see cref="Coarse"/> goes as <see cref="Now"/> does; a time provider of the user's may do as it likes.</summary>
    public bool HasCoarse { get; } = ReferenceEquals(provider, TimeProvider.System);

    /// <summary>Milliseconds, exact to a few.</summary>
    public virtual long Coarse => Environment.TickCount64;

    public static LoopClock For(EventLoopOptions options, EventLoop loop)
    {
        if (!options.VirtualTime)
            return new LoopClock(options.TimeProvider ?? TimeProvider.System);
        if (options.TimeProvider is not null)
            throw new ArgumentException("VirtualTime brings its own clock: set either it or TimeProvider.", nameof(options));
        return new VirtualClock(new VirtualTimeProvider());
    }

    /// <summary>The deadline that lies a time ahead, rounded so that a timer never fires early.</summary>
    public long Due(TimeSpan delay)
    {
        if (delay == TimeSpan.Zero)
            return Now;
        long now = Now + (_frequency > TimeSpan.TicksPerSecond ? 1 : 0);
        return delay.Ticks > long.MaxValue - now ? long.MaxValue : now + delay.Ticks;
    }

    /// <summary>Lets time pass to the next deadline when nothing else can happen. False where time passes by itself.</summary>
    public virtual bool TryJump(EventLoop loop) => false;

    /// <summary>Milliseconds until the next timer, rounded up; -1 for never.</summary>
    public virtual long TimeToNextTimer(EventLoop loop)
    {
        if (loop.NextDue is not { } due)
            return Timeout.Infinite;
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
}

/// <summary>The clock that stands still while anything can run.</summary>
internal sealed class VirtualClock(VirtualTimeProvider provider) : LoopClock(provider)
{
    public override bool IsVirtual => true;

    public override long Coarse => Now / TimeSpan.TicksPerMillisecond;

    public override bool TryJump(EventLoop loop)
    {
        if (loop.IsTimeHeld || !loop.Inbox.IsEmpty || loop.NextDue is not { } due)
            return false;
        provider.Advance(due);
        loop.ReadCoarseClock();
        return true;
    }

    public override long TimeToNextTimer(EventLoop loop) => Timeout.Infinite;
}

/// <summary>The time of a loop under virtual time: it starts with the year 2000 and moves only from deadline to deadline.</summary>
internal sealed class VirtualTimeProvider : TimeProvider
{
    private static readonly DateTimeOffset s_start = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private long _ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Volatile.Read(ref _ticks);

    public override DateTimeOffset GetUtcNow() => s_start.AddTicks(Math.Min(GetTimestamp(), (DateTimeOffset.MaxValue - s_start).Ticks));

    public void Advance(long ticks) => Volatile.Write(ref _ticks, Math.Max(_ticks, ticks));
}
