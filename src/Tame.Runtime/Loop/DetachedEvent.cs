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
            var failure = FailureGroup.Arrived(error);
            CallTrace.Publish(failure);
            TameEventSource.Log.DetachedFailure(failure.ToString());
        }
        return true;
    }
}
