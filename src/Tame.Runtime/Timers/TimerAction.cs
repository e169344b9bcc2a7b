using System.Runtime.CompilerServices;

namespace Tame;

/// <summary>The action of a timer that is due: it triggers its event, fails it because a limit is over, expires a timeout, or runs a callback.</summary>
internal struct TimerAction
{
    private LoopHandle _target;

    /// <summary>A <see cref="TimeoutHook"/> of the event, or a <see cref="LoopTimer"/>, whose target has a number but no event.</summary>
    private Linked? _action;

    private LimitOrHint _detail;

    /// <summary>The timer whose callback runs; null for the timers of events.</summary>
    public readonly LoopTimer? Timer => _action as LoopTimer;

    /// <summary>Fills an empty action. Most actions have no hook, and to write the reference is what costs, so a null is not written.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Fill(LoopHandle target, LimitOrHint detail, Linked? action)
    {
        _target = target;
        _detail = detail;
        if (action is not null)
            _action = action;
    }

    public readonly bool IsOf(long number) => _target.Number == number;

    /// <summary>Called if the event completed before the timer was due.</summary>
    public readonly void ReturnLifeline() => _target.ReturnLifeline();

    /// <summary>Makes the processor prefetch the event's cell.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Prefetch() => _detail.Prefetch();

    public readonly void Fire()
    {
        if (_action is not null)
            Act(_action);
        else if (_detail.Limit is { } limit)
            _target.Fail(new TimeoutException($"The event was not triggered within {limit}."));
        else
            _target.Trigger();
    }

    private readonly void Act(Linked action)
    {
        if (action is TimeoutHook timeout)
            timeout.Expire(_target.Event);
        else
            Unsafe.As<LoopTimer>(action).Fire();
    }
}

/// <summary>Removes a further timer of an event when the event completes. Pooled.</summary>
internal sealed class TimerHook : Hook
{
    private TimerNode _timer;

    public static TimerHook Rent(EventLoop loop, TimerNode timer)
    {
        var hook = Unsafe.As<TimerHook?>(loop.Pools.TimerHooks.Rent()) ?? new TimerHook();
        hook._timer = timer;
        return hook;
    }

    internal override void Completed(EventLoop loop)
    {
        loop.Timers.Remove(_timer);
        loop.Pools.TimerHooks.Return(this);
    }
}

/// <summary>A time limit on an event. When it is over, it triggers <c>inTime</c> with false and then unblocks the event. Pooled.</summary>
internal sealed class TimeoutHook : Hook
{
    private Event<bool> _inTime;

    /// <summary>The number of an <c>inTime</c> event that has the same lifeline as the event. The hook must not hold that lifeline.</summary>
    private long _own;
    private bool _told;

    public TimerNode Timer;

    public static TimeoutHook Rent(EventLoop loop, Event e, Event<bool> inTime)
    {
        var hook = Unsafe.As<TimeoutHook?>(loop.Pools.TimeoutHooks.Rent()) ?? new TimeoutHook();
        if (ReferenceEquals(inTime.Lifeline, e.Lifeline))
            hook._own = inTime.Number;
        else
            hook._inTime = inTime;
        return hook;
    }

    public void Expire(Event target)
    {
        Bind(target.Lifeline!);
        Tell(false);
        target.Unblock();
    }

    internal override void Bind(Lifeline lifeline)
    {
        if (_own != 0 && !_told)
            _inTime = new Event<bool>(lifeline, _own);
    }

    internal override void Completed(EventLoop loop)
    {
        loop.Timers.Remove(Timer);
        if (_told)
            Free(loop);
        else
            loop.Chain(this);
    }

    internal override void Run(EventLoop loop)
    {
        Tell(true);
        Free(loop);
    }

    private void Free(EventLoop loop)
    {
        _own = 0;
        _told = false;
        Timer = default;
        loop.Pools.TimeoutHooks.Return(this);
    }

    private void Tell(bool inTime)
    {
        _told = true;
        var told = _inTime;
        _inTime = default;
        told.TriggerLink(inTime);
    }
}
