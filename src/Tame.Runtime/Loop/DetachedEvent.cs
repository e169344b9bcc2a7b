using System.Diagnostics.Tracing;

namespace Tame;

/// <summary>The event that nobody waits for. Its token belongs to a loop that never runs, so every use of it takes the foreign path.</summary>
internal static class DetachedEvent
{
    private static readonly Token s_token = new(EventLoop.Nowhere());

    public static Event Handle { get; } = new(s_token, -1);

    public static bool Is(Token token) => ReferenceEquals(token, s_token);

    /// <summary>Accepts any completion, and logs a failure.</summary>
    public static bool Complete(Exception? error)
    {
        if (error is not null)
        {
            CallTrace.Publish(error);
            TameEventSource.Log.DetachedFailure(error.ToString());
        }
        return true;
    }
}

/// <summary>What the runtime tells to tracing tools: the event source <c>Tame</c>.</summary>
[EventSource(Name = "Tame")]
internal sealed class TameEventSource : EventSource
{
    public static readonly TameEventSource Log = new();

    /// <summary>A failure reached <see cref="Event.Detached"/>, where nobody waits.</summary>
    [Event(1, Level = EventLevel.Error, Message = "A failure reached Event.Detached: {0}")]
    public void DetachedFailure(string exception) => WriteEvent(1, exception);
}
