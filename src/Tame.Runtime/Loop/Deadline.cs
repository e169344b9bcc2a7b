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
    private readonly TimeSpan _limit;
    private readonly bool _fails;
    private Event<bool> _inTime;

    /// <summary>The number of an <c>inTime</c> that shares its token with the event, which must not be held here.</summary>
    private readonly long _own;
    private bool _told;

    public TimerNode Timer;

    public TimeoutHook(TimeSpan limit, Event e, Event<bool>? inTime)
    {
        _limit = limit;
        _fails = inTime is null;
        if (inTime is not { } told)
            return;
        if (ReferenceEquals(told.Carrier, e.Carrier))
            _own = told.Number;
        else
            _inTime = told;
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
        if (!_told)
            loop.Chain(this);
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
