namespace Tame;

/// <summary>The clock that stands still while anything can run.</summary>
internal sealed class VirtualClock(VirtualTimeProvider provider) : LoopClock(provider)
{
    public override bool IsVirtual => true;

    public override long Coarse => Now / TimeSpan.TicksPerMillisecond;

    public override bool TryJump(EventLoop loop)
    {
        if (!loop.MayTimePass || !loop.Inbox.IsEmpty || loop.Timers.NextDue is not { } due)
            return false;
        provider.Advance(due);
        loop.ReadCoarseClock();
        return true;
    }

    public override long TimeToNextTimer(EventLoop loop) => Timeout.Infinite;

    /// <summary>Time runs out: who waits for a time of this clock, on whatever thread, is told.</summary>
    public override void End(EventLoop loop)
    {
        while (loop.Timers.TryTakeTimer(out long due, out var timer))
        {
            provider.Advance(due);
            timer.RunOutside();
        }
    }
}

/// <summary>The time of a loop under virtual time: it starts with the year 2000 and moves only from deadline to deadline. Any thread may use it.</summary>
internal sealed class VirtualTimeProvider(EventLoop loop) : TimeProvider
{
    private static readonly DateTimeOffset s_start = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private long _ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Volatile.Read(ref _ticks);

    public override DateTimeOffset GetUtcNow() => s_start.AddTicks(Math.Min(GetTimestamp(), (DateTimeOffset.MaxValue - s_start).Ticks));

    /// <summary>Makes a timer of the loop.</summary>
    /// <exception cref="ObjectDisposedException">The loop has ended: its time goes no further.</exception>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new LoopTimer(loop, callback, state);
        ObjectDisposedException.ThrowIf(!timer.Change(dueTime, period), loop);
        return timer;
    }

    public void Advance(long ticks) => Volatile.Write(ref _ticks, Math.Max(_ticks, ticks));
}
