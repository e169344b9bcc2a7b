namespace Tame;

/// <summary>What a timer does when it is due: it triggers its event, or expires a timeout.</summary>
internal readonly struct Deadline(Event target, TimeoutHook? timeout)
{
    /// <summary>The event completed otherwise.</summary>
    public void LetGo() => target.LetGo();

    public void Fire()
    {
        if (timeout is null)
            target.Trigger();
        else
            timeout.Expire(target);
    }
}

/// <summary>Takes an event's timer away when the event completes; pooled.</summary>
internal sealed class TimerHook : Hook
{
    public TimerNode Timer;

    internal override void Completed(EventLoop loop)
    {
        loop.Remove(Timer);
        loop.TimerHooks.Return(this);
    }
}

/// <summary>A time limit on an event: when it is over, the event fails, or is unblocked after <c>inTime</c> has been told.</summary>
internal sealed class TimeoutHook : Hook
{
    private TimeSpan _limit;
    private bool _fails;
    private Event<bool> _inTime;

    /// <summary>The number of an <c>inTime</c> that shares its token with the event, which must not be held here.</summary>
    private long _own;
    private bool _told;

    public TimerNode Timer;

    /// <summary>A limit for an event; one that tells nobody comes from the pool, and goes back as soon as the event completes.</summary>
    public static TimeoutHook For(EventLoop loop, TimeSpan limit, Event e, Event<bool>? inTime)
    {
        if (inTime is not { } told)
        {
            var pooled = System.Runtime.CompilerServices.Unsafe.As<TimeoutHook?>(loop.TimeoutHooks.Rent()) ?? new TimeoutHook { _fails = true };
            pooled._limit = limit;
            return pooled;
        }
        var hook = new TimeoutHook { _limit = limit };
        if (ReferenceEquals(told.Carrier, e.Carrier))
            hook._own = told.Number;
        else
            hook._inTime = told;
        return hook;
    }

    public void Expire(Event target)
    {
        if (_fails)
        {
            target.Fail(new TimeoutException($"The event was not triggered within {_limit}."));
            return;
        }
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
        if (_fails)
        {
            Timer = default;
            loop.TimeoutHooks.Return(this);
        }
        else if (!_told)
        {
            loop.Chain(this);
        }
    }

    internal override void Run(EventLoop loop) => Tell(true);

    private void Tell(bool inTime)
    {
        _told = true;
        var told = _inTime;
        _inTime = default;
        told.TriggerLink(inTime);
    }
}
