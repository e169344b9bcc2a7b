namespace Tame;

/// <summary>What a timer does when it is due: it triggers its event, fails it because a limit is over, or expires a timeout.</summary>
internal readonly struct Deadline
{
    private const long NoLimit = -1;
    private readonly Event _target;
    private readonly TimeoutHook? _timeout;
    private readonly long _limit;

    public Deadline(Event target, TimeoutHook? timeout = null) => (_target, _timeout, _limit) = (target, timeout, NoLimit);

    public Deadline(Event target, TimeSpan limit) => (_target, _limit) = (target, limit.Ticks);

    public bool IsOf(long number) => _target.Number == number;

    /// <summary>The event completed otherwise.</summary>
    public void LetGo() => _target.LetGo();

    public void Fire()
    {
        if (_timeout is not null)
            _timeout.Expire(_target);
        else if (_limit == NoLimit)
            _target.Trigger();
        else
            _target.Fail(new TimeoutException($"The event was not triggered within {new TimeSpan(_limit)}."));
    }
}

/// <summary>Takes a second timer of an event away when the event completes. Pooled.</summary>
internal sealed class TimerHook : Hook
{
    private TimerNode _timer;

    public static TimerHook Rent(EventLoop loop, TimerNode timer)
    {
        var hook = System.Runtime.CompilerServices.Unsafe.As<TimerHook?>(loop.TimerHooks.Rent()) ?? new TimerHook();
        hook._timer = timer;
        return hook;
    }

    internal override void Completed(EventLoop loop)
    {
        loop.Remove(_timer);
        loop.TimerHooks.Return(this);
    }
}

/// <summary>A time limit on an event: when it is over, the event is unblocked after <c>inTime</c> has been told. Pooled.</summary>
internal sealed class TimeoutHook : Hook
{
    private Event<bool> _inTime;

    /// <summary>The number of an <c>inTime</c> that shares its token with the event, which must not be held here.</summary>
    private long _own;
    private bool _told;

    public TimerNode Timer;

    public static TimeoutHook Rent(EventLoop loop, Event e, Event<bool> inTime)
    {
        var hook = System.Runtime.CompilerServices.Unsafe.As<TimeoutHook?>(loop.TimeoutHooks.Rent()) ?? new TimeoutHook();
        if (ReferenceEquals(inTime.Carrier, e.Carrier))
            hook._own = inTime.Number;
        else
            hook._inTime = inTime;
        return hook;
    }

    public void Expire(Event target)
    {
        Bind(target.Carrier!);
        Tell(false);
        target.Unblock();
    }

    internal override void Bind(Token token)
    {
        if (_own != 0 && !_told)
            _inTime = new Event<bool>(token, _own);
    }

    internal override void Completed(EventLoop loop)
    {
        loop.Remove(Timer);
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
        loop.TimeoutHooks.Return(this);
    }

    private void Tell(bool inTime)
    {
        _told = true;
        var told = _inTime;
        _inTime = default;
        told.TriggerLink(inTime);
    }
}
