using Tame.CompilerServices;

namespace Tame;

/// <summary>How a loop that ends lets its calls clean up.</summary>
public sealed partial class EventLoop
{
    private const int Named = 8;
    private readonly TimeSpan _exitTimeout;

    /// <summary>Calls that were under way when the loop began to end and have not got their exception: most are blocked, the others when they block next.</summary>
    private HashSet<Closure>? _toCancel;

    /// <summary>The time of the system, in milliseconds, when a loop that ends has waited long enough for its calls: its own clock may stand still.</summary>
    private long _exitDue = long.MaxValue;

    /// <summary>
    /// Gives each call its OperationCanceledException, once, and goes on as usual until no call is left, so that a <c>finally</c> may wait. Stop, and the end of
    /// the time for it, leave the others as they are.
    /// </summary>
    private void CancelCalls()
    {
        if (_calls.Count == 0)
            return;
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(_context);
        _running = true;
        SetHome();
        _toCancel = CallsUnderWay();
        if (_toCancel.Count != 0)
            RunToExit();
        _toCancel = null;
        _running = false;
        SynchronizationContext.SetSynchronizationContext(before);
    }

    private void RunToExit()
    {
        var timeout = new MainEvent(this);
        if (_exitTimeout != Timeout.InfiniteTimeSpan)
        {
            _exitDue = Environment.TickCount64 + (long)_exitTimeout.TotalMilliseconds;
            if (_clock.IsVirtual)
                Primitives.timer(_exitTimeout, timeout.Make());
        }
        try
        {
            CancelThoseBlocked();
            while (HasCalls && ExitTimeLeft != 0 && !timeout.IsComplete && !_gate.IsStopping)
            {
                if (!Pass())
                    Idle(timeout);
            }
        }
        catch (Exception error)
        {
            OnUnhandled(error);         // the loop cannot sleep, for want of a descriptor
        }
        timeout.Cancel();
        if (HasCalls)
            OnUnhandled(StillThere());
    }

    /// <summary>Milliseconds until a loop that ends abandons its calls; negative for never.</summary>
    private long ExitTimeLeft => _exitDue == long.MaxValue ? Timeout.Infinite : Math.Max(0, _exitDue - Environment.TickCount64);

    private bool HasCalls => _blockedCount != 0 || ReadyCalls().Any();

    /// <summary>Cancels the waits of calls that have not got their exception. In a pass it comes before what can wake them again.</summary>
    private void CancelThoseBlocked()
    {
        var blocked = BlockedCalls();
        for (int i = blocked.Count - 1; i >= 0; i--)
        {
            if (blocked[i].IsBlocked && _toCancel!.Remove(blocked[i]))
                blocked[i].CancelWait();
        }
    }

    private HashSet<Closure> CallsUnderWay() => [.. BlockedCalls(), .. ReadyCalls()];

    private IEnumerable<Closure> ReadyCalls()
    {
        for (int i = 0; i < _ready.Count; i++)
        {
            if (_ready[i] is Closure call)
                yield return call;
        }
    }

    private TimeoutException StillThere()
    {
        var left = CallsUnderWay();
        string names = string.Join(", ", left.Take(Named).Select(call => $"{call.Type.Method} at {call.Type.File}:{call.Line}"));
        string more = left.Count > Named ? $" and {left.Count - Named} more" : "";
        return new TimeoutException($"The event loop ends and abandons calls that were cancelled and have not ended: {names}{more}. EventLoopOptions.ExitTimeout is the time that calls get to clean up.");
    }
}
