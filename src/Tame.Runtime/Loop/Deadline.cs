namespace Tame;

/// <summary>What a timer does when it is due: it triggers its event, or expires a timeout.</summary>
internal readonly struct Deadline(Event target, TimeoutHook? timeout)
{
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
internal sealed class TimeoutHook(TimeSpan limit, Event<bool>? inTime) : Hook
{
    private Event<bool> _inTime = inTime ?? default;
    private bool _told;

    public TimerNode Timer;

    public void Expire(Event target)
    {
        if (inTime is null)
        {
            target.Fail(new TimeoutException($"The event was not triggered within {limit}."));
            return;
        }
        Tell(false);
        target.Unblock();
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
