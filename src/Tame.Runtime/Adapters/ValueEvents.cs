using Tame.CompilerServices;

namespace Tame;

/// <summary>
/// An event with values, however many: what adapters need of one, so that each adapter is written once. <typeparamref name="TValues"/> is the value
/// of an event with one, and a tuple of the others.
/// </summary>
internal interface IValueEvent<TValues>
{
    Event Unblocker { get; }

    /// <summary>Triggers. Any thread may call it.</summary>
    bool Trigger(TValues values);

    /// <summary>Triggers, and leaves the chain of completions on this loop to its caller.</summary>
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
