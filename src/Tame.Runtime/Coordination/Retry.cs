using System.Runtime.ExceptionServices;
using static Tame.Primitives;

namespace Tame;

/// <summary>Repeats an operation that failed, after a wait that grows and is partly random.</summary>
public static partial class Retry
{
    private const int Over = 0;

    /// <summary>Tries an operation until it succeeds, and triggers an event with its value.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="call">Starts a try, which completes the event that it receives. An exception that it throws is the failure of that try.</param>
    /// <param name="options">How often to try, how long to wait, and after which failures.</param>
    /// <param name="result">
    /// The event. It gets the failure of the last try. A try that is unblocked succeeds with the default value. If the event is empty or complete, nothing
    /// starts.
    /// </param>
    /// <remarks>
    /// If something else completes the event first, such as a time limit or a cancellation, or if the loop ends, the current try is cancelled and no other starts.
    /// A try can observe its cancellation with <see cref="Event.Token"/> or <see cref="Event.AtTrigger"/>. A limit on the result's event limits all tries together. To
    /// limit each try, set the limit in <paramref name="call"/>: <c>e => Ask(e.WithTimeout(limit))</c>. Waits are measured by the loop's clock. Call it on the
    /// thread of a loop.
    /// </remarks>
    [Tamed]
    public static partial void Run<T>(Action<Event<T>> call, RetryOptions options, Event<T> result);

    /// <summary>Tries an operation until it succeeds, and triggers an event.</summary>
    /// <param name="call">Starts a try, which completes the event that it receives. An exception that it throws is the failure of that try.</param>
    /// <param name="options">How often to try, how long to wait, and after which failures.</param>
    /// <param name="done">The event. It gets the failure of the last try. If it is empty or complete, nothing starts.</param>
    /// <inheritdoc cref="Run{T}(Action{Event{T}}, RetryOptions, Event{T})" path="/remarks"/>
    [Tamed]
    public static partial void Run(Action<Event> call, RetryOptions options, Event done);

    private static void RunBody<T>(Action<Event<T>> call, RetryOptions options, Event<T> result)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(options);
        if (!result.IsPending)
            return;
        using var waits = new Rendezvous<int>();
        if (Tries.CanEnd(result.Unblocker))
            result.AtTrigger(mkevent(waits, Over));
        for (int tries = 1; ; tries++)
        {
            Tries.Start(call, mkevent(waits, tries, out T? value));
            twait(waits, out int id, out Exception? error);
            if (id == Over)
                return;
            if (error is null)
            {
                result.Trigger(value);
                return;
            }
            if (tries == options.MaxTries || !options.ShouldRetry(error))
                ExceptionDispatchInfo.Throw(error);
            timer(options.WaitAfter(tries), mkevent(waits, tries));
            twait(waits, out id);
            if (id == Over)
                return;
        }
    }

    private static void RunBody(Action<Event> call, RetryOptions options, Event done)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(options);
        if (!done.IsPending)
            return;
        using var waits = new Rendezvous<int>();
        if (Tries.CanEnd(done))
            done.AtTrigger(mkevent(waits, Over));
        for (int tries = 1; ; tries++)
        {
            Tries.Start(call, mkevent(waits, tries));
            twait(waits, out int id, out Exception? error);
            if (id == Over)
                return;
            if (error is null)
            {
                done.Trigger();
                return;
            }
            if (tries == options.MaxTries || !options.ShouldRetry(error))
                ExceptionDispatchInfo.Throw(error);
            timer(options.WaitAfter(tries), mkevent(waits, tries));
            twait(waits, out id);
            if (id == Over)
                return;
        }
    }
}
