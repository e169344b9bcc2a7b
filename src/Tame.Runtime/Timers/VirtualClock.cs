using System.Diagnostics.CodeAnalysis;

namespace Tame;

/// <summary>The clock of a loop with virtual time. It stands still while anything can run.</summary>
internal sealed class VirtualClock(VirtualTimeProvider provider) : LoopClock(provider)
{
    private SortedSet<TimeMark>? _marks;
    private long _lastMark;

    public override bool IsVirtual => true;

    public override long Coarse => Now / TimeSpan.TicksPerMillisecond;

    /// <summary>Adds a mark that lies this time ahead.</summary>
    public void Add(TimeMark mark, TimeSpan ahead)
    {
        (mark.Due, mark.Order) = (Due(ahead), ++_lastMark);
        (_marks ??= new SortedSet<TimeMark>(Comparer<TimeMark>.Create(Compare))).Add(mark);
    }

    public void Remove(TimeMark mark) => _marks?.Remove(mark);

    public override bool TryJump(EventLoop loop)
    {
        if (!loop.MayTimePass || !loop.Inbox.IsEmpty)
            return false;
        var next = loop.Timers.NextDue;
        if (TryFindMark(next, out var mark))
            return TryReach(mark, loop);
        if (next is not { } due)
            return false;
        provider.Advance(due);
        loop.ReadCoarseClock();
        return true;
    }

    public override long TimeToNextTimer(EventLoop loop) => Timeout.Infinite;

    /// <summary>Moves time past all remaining timers and runs their callbacks, so that code that waits for this clock, on any thread, completes.</summary>
    public override void End(EventLoop loop)
    {
        while (loop.Timers.TryTakeTimer(out long due, out var timer))
        {
            provider.Advance(due);
            timer.RunOutside();
        }
    }

    private static int Compare(TimeMark? left, TimeMark? right) =>
        left!.Due.CompareTo(right!.Due) is var byTime && byTime != 0 ? byTime : left.Order.CompareTo(right.Order);

    /// <summary>Finds the next mark, if it is due before the next timer.</summary>
    private bool TryFindMark(long? nextTimer, [NotNullWhen(true)] out TimeMark? mark)
    {
        mark = _marks?.Min;
        return mark is not null && (nextTimer is { } due ? mark.Due < due : !mark.IsBudget || _marks!.Count > 1);
    }

    /// <summary>Moves time to a mark. False if the loop must first look for lost events and cannot do so now.</summary>
    private bool TryReach(TimeMark mark, EventLoop loop)
    {
        if (mark.LooksForLosses && !loop.HasLookedForLosses)
        {
            loop.LookForLosses();
            return loop.HasLookedForLosses || !loop.Inbox.IsEmpty;
        }
        _marks!.Remove(mark);
        provider.Advance(mark.Due);
        loop.ReadCoarseClock();
        mark.Reached(loop);
        return true;
    }
}

/// <summary>The time of a loop with virtual time. It starts with the year 2000 and moves only from deadline to deadline. Any thread may use it.</summary>
internal sealed class VirtualTimeProvider(EventLoop loop) : TimeProvider
{
    private static readonly DateTimeOffset s_start = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private long _ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Volatile.Read(ref _ticks);

    public override DateTimeOffset GetUtcNow() => s_start.AddTicks(Math.Min(GetTimestamp(), (DateTimeOffset.MaxValue - s_start).Ticks));

    /// <summary>Creates a timer of the loop.</summary>
    /// <exception cref="ObjectDisposedException">The loop has ended, so its time no longer moves.</exception>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new LoopTimer(loop, callback, state);
        ObjectDisposedException.ThrowIf(!timer.Change(dueTime, period), loop);
        return timer;
    }

    public void Advance(long ticks) => Volatile.Write(ref _ticks, Math.Max(_ticks, ticks));
}
