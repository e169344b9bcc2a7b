namespace Tame;

/// <summary>Shared by the tamed methods of this folder: starts operations, and follows the events that they complete.</summary>
internal static class Tries
{
    public static void Check<TStart>(IReadOnlyList<TStart> contenders)
    {
        ArgumentNullException.ThrowIfNull(contenders);
        if (contenders.Count == 0)
            throw new ArgumentException("A race needs at least one contender.", nameof(contenders));
    }

    /// <summary>
    /// True if the event may complete, so that AtTrigger keeps its argument. <see cref="Event.Detached"/> and <see cref="Event.Ignored"/> drop the argument, so
    /// that it would be lost.
    /// </summary>
    public static bool CanEnd(Event e) => e.Lifeline is { } lifeline && !DetachedEvent.Is(lifeline);

    /// <summary>Starts an operation. An exception that it throws is its failure. If its event is already complete, this method throws the exception.</summary>
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
