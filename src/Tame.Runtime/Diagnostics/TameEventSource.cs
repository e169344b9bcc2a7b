using System.Diagnostics.Tracing;

namespace Tame;

/// <summary>The event source <c>Tame</c>, through which the runtime reports to tracing tools.</summary>
[EventSource(Name = "Tame")]
internal sealed class TameEventSource : EventSource
{
    public static readonly TameEventSource Log = new();

    /// <summary>A failure reached <see cref="Event.Ignored"/>, which drops it.</summary>
    [Event(1, Level = EventLevel.Informational, Message = "A failure reached Event.Ignored: {0}")]
    public void IgnoredFailure(string exception) => WriteEvent(1, exception);

    [NonEvent]
    public void Ignored(Exception error)
    {
        if (!IsEnabled())
            return;
        var failure = FailureGroup.Arrived(error);
        CallTrace.Publish(failure);
        IgnoredFailure(failure.ToString());
    }

    /// <summary>Code was posted to a loop that has ended, or ended before its turn came.</summary>
    [Event(2, Level = EventLevel.Warning, Message = "Code was posted to an event loop that has ended, and does not run: {0}")]
    public void Dropped(string code) => WriteEvent(2, code);

    [NonEvent]
    public void Dropped(Delegate code)
    {
        if (IsEnabled())
            Dropped($"{code.Method.DeclaringType?.FullName}.{code.Method.Name}");
    }

    /// <summary>An exception escaped while a loop ended, when no run was left to throw it.</summary>
    [Event(3, Level = EventLevel.Error, Message = "A failure was not handled while an event loop ended: {0}")]
    public void UnhandledAtExit(string exception) => WriteEvent(3, exception);

    /// <summary>Calls of an idle loop wait, none of their events was found lost, and only another thread can end the waits. This may be a deadlock.</summary>
    [Event(4, Level = EventLevel.Warning, Message = "These calls of an event loop wait, and only another thread can end their waits:\n{0}")]
    public void Stuck(string calls) => WriteEvent(4, calls);

    /// <summary>A call ended because its token was cancelled, and none of its events was pending.</summary>
    [Event(5, Level = EventLevel.Verbose, Message = "A call ended because its token was cancelled, and it had no pending event to complete: {0}")]
    public void CancelledCall(string exception) => WriteEvent(5, exception);

    [NonEvent]
    public void Cancelled(Exception error)
    {
        if (!IsEnabled(EventLevel.Verbose, EventKeywords.All))
            return;
        var failure = FailureGroup.Arrived(error);
        CallTrace.Publish(failure);
        CancelledCall(failure.ToString());
    }
}
