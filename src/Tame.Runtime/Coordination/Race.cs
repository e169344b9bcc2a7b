using static Tame.Primitives;

namespace Tame;

/// <summary>Starts several operations and takes the one that completes first.</summary>
public static partial class Race
{
    private const int Over = -1;

    /// <summary>Starts operations, and triggers an event with the value of the first that completes. The others are cancelled.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="contenders">
    /// At least one function. Each starts one operation, which completes the event that it receives. They start in order, and no more start after one has
    /// completed. An exception that one throws is its failure.
    /// </param>
    /// <param name="winner">
    /// The event. If the first operation failed, it gets that failure; if the operation was unblocked, it gets the default value. Without contenders, it fails
    /// with an <see cref="ArgumentException"/>. If it is empty or complete, nothing starts.
    /// </param>
    /// <remarks>
    /// The events of the other operations are cancelled before the winner's event completes. They are also cancelled if something else completes the
    /// winner's event first, such as a time limit or a cancellation, or if the loop ends. An operation can observe its cancellation with <see cref="Event.Token"/>
    /// or <see cref="Event.AtTrigger"/>. Call it on the thread of a loop. To take the first operation that succeeds, use <see cref="Hedge"/> with no delay.
    /// </remarks>
    [Tamed]
    public static partial void Run<T>(IReadOnlyList<Action<Event<T>>> contenders, Event<T> winner);

    /// <summary>Starts operations, and triggers an event with the index of the first that completes. The others are cancelled.</summary>
    /// <param name="contenders">
    /// At least one function. Each starts one operation, which completes the event that it receives. They start in order, and no more start after one has
    /// completed. An exception that one throws is its failure.
    /// </param>
    /// <param name="winner">
    /// The event. If the first operation failed, it gets that failure. Without contenders, it fails with an <see cref="ArgumentException"/>. If it is empty or
    /// complete, nothing starts.
    /// </param>
    /// <inheritdoc cref="Run{T}(IReadOnlyList{Action{Event{T}}}, Event{T})" path="/remarks"/>
    [Tamed]
    public static partial void Run(IReadOnlyList<Action<Event>> contenders, Event<int> winner);

    private static void RunBody<T>(IReadOnlyList<Action<Event<T>>> contenders, Event<T> winner)
    {
        Tries.Check(contenders);
        if (!winner.IsPending)
            return;
        using var race = new Rendezvous<int>();
        if (Tries.CanEnd(winner.Unblocker))
            winner.AtTrigger(mkevent(race, Over));
        var values = new T[contenders.Count];
        for (int i = 0; i < values.Length; i++)
        {
            var e = mkevent(race, i, out values[i]);
            Tries.Start(contenders[i], e);
            if (!e.IsPending)
                break;
        }
        twait(race, out int first);
        race.Cancel();
        if (first != Over)
            winner.Trigger(values[first]);
    }

    private static void RunBody(IReadOnlyList<Action<Event>> contenders, Event<int> winner)
    {
        Tries.Check(contenders);
        if (!winner.IsPending)
            return;
        using var race = new Rendezvous<int>();
        if (Tries.CanEnd(winner.Unblocker))
            winner.AtTrigger(mkevent(race, Over));
        for (int i = 0; i < contenders.Count; i++)
        {
            var e = mkevent(race, i);
            Tries.Start(contenders[i], e);
            if (!e.IsPending)
                break;
        }
        twait(race, out int first);
        race.Cancel();
        if (first != Over)
            winner.Trigger(first);
    }
}
