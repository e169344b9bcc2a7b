using System.Runtime.InteropServices;
using Tame.IO;

namespace Tame;

/// <summary>Lets POSIX signals fail events.</summary>
public static class Signals
{
    /// <summary>
    /// Fails the event with an <see cref="OperationCanceledException"/> that names the signal, if the signal arrives while the event is pending.
    /// </summary>
    /// <param name="e">The event, of any loop.</param>
    /// <param name="signal">The signal. See <see cref="Primitives.signal"/> for the possible signals and for when the default action returns.</param>
    /// <returns>The same event.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The system has no such signal, or reserves it. An event of another thread's loop fails with this exception
    /// instead.</exception>
    /// <remarks>If something else completes the event first, its wait for the signal ends. While the signal can arrive, the event is not lost. Any thread may call it.</remarks>
    public static Event WithSignal(this Event e, PosixSignal signal)
    {
        SignalTable.WaitFor(signal, e, fails: true);
        return e;
    }

    /// <inheritdoc cref="WithSignal(Event, PosixSignal)"/>
    /// <typeparam name="T">The type of the value.</typeparam>
    public static Event<T> WithSignal<T>(this Event<T> e, PosixSignal signal)
    {
        SignalTable.WaitFor(signal, e.Unblocker, fails: true);
        return e;
    }

    /// <inheritdoc cref="WithSignal(Event, PosixSignal)"/>
    /// <typeparam name="T1">The type of the first value.</typeparam>
    /// <typeparam name="T2">The type of the second value.</typeparam>
    public static Event<T1, T2> WithSignal<T1, T2>(this Event<T1, T2> e, PosixSignal signal)
    {
        SignalTable.WaitFor(signal, e.Unblocker, fails: true);
        return e;
    }

    /// <inheritdoc cref="WithSignal(Event, PosixSignal)"/>
    /// <typeparam name="T1">The type of the first value.</typeparam>
    /// <typeparam name="T2">The type of the second value.</typeparam>
    /// <typeparam name="T3">The type of the third value.</typeparam>
    public static Event<T1, T2, T3> WithSignal<T1, T2, T3>(this Event<T1, T2, T3> e, PosixSignal signal)
    {
        SignalTable.WaitFor(signal, e.Unblocker, fails: true);
        return e;
    }

    /// <inheritdoc cref="WithSignal(Event, PosixSignal)"/>
    /// <typeparam name="T1">The type of the first value.</typeparam>
    /// <typeparam name="T2">The type of the second value.</typeparam>
    /// <typeparam name="T3">The type of the third value.</typeparam>
    /// <typeparam name="T4">The type of the fourth value.</typeparam>
    public static Event<T1, T2, T3, T4> WithSignal<T1, T2, T3, T4>(this Event<T1, T2, T3, T4> e, PosixSignal signal)
    {
        SignalTable.WaitFor(signal, e.Unblocker, fails: true);
        return e;
    }
}
