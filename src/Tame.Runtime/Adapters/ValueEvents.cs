using Tame.CompilerServices;

namespace Tame;

/// <summary>
/// An event with any number of values, so that each adapter is written once. <typeparamref name="TValues"/> is the type of the value, or a tuple for several
/// values.
/// </summary>
internal interface IValueEvent<TValues>
{
    Event Unblocker { get; }

    /// <summary>Triggers the event. Any thread may call it.</summary>
    bool Trigger(TValues values);

    /// <summary>Triggers the event. The caller must drain this loop's chain of completions.</summary>
    void TriggerLink(TValues values);
}

/// <summary>Starts work whose result triggers an event.</summary>
internal static class ValueEvents
{
    public static void Start<TEvent, TValues>(TEvent e, Func<CancellationToken, Task<TValues>> work)
        where TEvent : struct, IValueEvent<TValues>
    {
        ArgumentNullException.ThrowIfNull(work);
        var plain = e.Unblocker;
        if (!plain.IsPending)
            return;
        var started = new StartedWork();
        if (started.Call(work, plain) is not { } task)
            return;
        AdapterHook.Attach(plain, started);
        new StartedWatch<TEvent, TValues>(started, e).Start(task);
    }
}
