using static Tame.Primitives;

namespace Tame;

/// <summary>Starts a second try of an operation if the first takes long, and takes the one that succeeds first.</summary>
public static partial class Hedge
{
    private const int Over = -1, Late = -2;

    /// <summary>
    /// Starts an operation, and further tries of it after each delay or failure. Triggers an event with the value of the first try that succeeds, and cancels
    /// the others.
    /// </summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="call">Starts a try, which completes the event that it receives. An exception that it throws is the failure of that try.</param>
    /// <param name="options">When tries start, and how many.</param>
    /// <param name="answer">
    /// The event. If all tries fail, it gets the failure of the first; <see cref="FailureExtensions.OtherFailures"/> returns the others. A try that is
    /// unblocked succeeds with the default value. If the event is empty or complete, nothing starts.
    /// </param>
    /// <remarks>
    /// The events of the other tries are cancelled before the answer's event completes. They are also cancelled if something else completes the answer's
    /// event first, such as a time limit or a cancellation, or if the loop ends. A try can observe its cancellation with <see cref="Event.Token"/> or <see cref="Event.AtTrigger"/>.
    /// Delays are measured by the loop's clock. Call it on the thread of a loop. Hedge only operations that may run twice.
    /// </remarks>
    [Tamed]
    public static partial void Run<T>(Action<Event<T>> call, HedgeOptions options, Event<T> answer);

    private static void RunBody<T>(Action<Event<T>> call, HedgeOptions options, Event<T> answer)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(options);
        if (!answer.IsPending)
            return;
        using var tries = new Rendezvous<int>();
        if (Tries.CanEnd(answer.Unblocker))
            answer.AtTrigger(mkevent(tries, Over));
        var values = new List<T[]>();
        var failures = new SortedList<int, Exception>();
        bool isDue = true;
        while (failures.Count < options.MaxTries)
        {
            if (isDue && values.Count < options.MaxTries)
            {
                var value = new T[1];
                values.Add(value);
                if (values.Count < options.MaxTries && options.Delay != Timeout.InfiniteTimeSpan)
                    timer(options.Delay, mkevent(tries, Late - values.Count));
                Tries.Start(call, mkevent(tries, values.Count - 1, out value[0]));
            }
            twait(tries, out int id, out Exception? error);
            if (id == Over)
                return;
            if (id >= 0 && error is null)
            {
                tries.Cancel();
                answer.Trigger(values[id][0]);
                return;
            }
            if (id >= 0)
                failures.Add(id, FailureGroup.Leaving(error!));
            // The timer of an older try does not count, because a failure has started a newer try since.
            isDue = id >= 0 || id == Late - values.Count;
        }
        FailureGroup.Throw(FailureGroup.Join(failures.Values));
    }
}
