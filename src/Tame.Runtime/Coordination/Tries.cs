namespace Tame;

/// <summary>How the tamed methods of this folder start what they are given, and follow the event that they answer to.</summary>
internal static class Tries
{
    public static void Check<TStart>(IReadOnlyList<TStart> contenders)
    {
        ArgumentNullException.ThrowIfNull(contenders);
        if (contenders.Count == 0)
            throw new ArgumentException("A race needs at least one contender.", nameof(contenders));
    }

    /// <summary>
    /// True when an event may complete, so that AtTrigger keeps what it is given. <see cref="Event.Detached"/> and <see cref="Event.Ignored"/> drop it:
    /// it would be lost.
    /// </summary>
    public static bool CanEnd(Event e) => e.Lifeline is { } lifeline && !DetachedEvent.Is(lifeline);

    /// <summary>Starts an operation. What it throws is its failure; where its event is complete by then, this throws it.</summary>
    public static void Start(Action<Event> call, Event e)
    {
        try
        {
            call(e);
        }
        catch (Exception error) when (e.IsPending)
        {
            e.Fail(FailureGroup.Leaving(error));
        }
    }

    /// <inheritdoc cref="Start(Action{Event}, Event)"/>
    public static void Start<T>(Action<Event<T>> call, Event<T> e)
    {
        try
        {
            call(e);
        }
        catch (Exception error) when (e.IsPending)
        {
            e.Fail(FailureGroup.Leaving(error));
        }
    }

    /// <inheritdoc cref="Start(Action{Event}, Event)"/>
    public static void Start<TKey, T>(Action<TKey, Event<T>> call, TKey key, Event<T> e)
    {
        try
        {
            call(key, e);
        }
        catch (Exception error) when (e.IsPending)
        {
            e.Fail(FailureGroup.Leaving(error));
        }
    }
}
