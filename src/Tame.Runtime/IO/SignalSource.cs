using System.Runtime.InteropServices;

namespace Tame.IO;

/// <summary>
/// One signal of this process, and the loops that watch it. They share a registration, because .NET passes a signal to the newest one first and to no other
/// after that one handles it.
/// </summary>
internal sealed class SignalSource
{
    private static readonly Dictionary<PosixSignal, SignalSource> s_sources = [];
    private readonly List<SignalWatch> _watches = [];
    private readonly PosixSignalRegistration _registration;

    private SignalSource(PosixSignal signal) => _registration = PosixSignalRegistration.Create(signal, OnSignal);

    /// <summary>True if a loop watches the signal, so that its default action is suppressed.</summary>
    public static bool IsWatched(PosixSignal signal)
    {
        lock (s_sources)
            return s_sources.ContainsKey(signal);
    }

    /// <summary>Begins to notify a loop of a signal.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The system has no such signal, or reserves it.</exception>
    public static void Add(SignalWatch watch)
    {
        lock (s_sources)
        {
            if (!s_sources.TryGetValue(watch.Signal, out var source))
                s_sources.Add(watch.Signal, source = Open(watch.Signal));
            source._watches.Add(watch);
        }
    }

    /// <summary>Stops notifying a loop. After the last one the signal's default action is restored.</summary>
    public static void Remove(SignalWatch watch)
    {
        lock (s_sources)
        {
            var source = s_sources[watch.Signal];
            source._watches.Remove(watch);
            if (source._watches.Count != 0)
                return;
            s_sources.Remove(watch.Signal);
            source._registration.Dispose();
        }
    }

    private static SignalSource Open(PosixSignal signal)
    {
        try
        {
            return new SignalSource(signal);
        }
        catch (Exception e) when (e is PlatformNotSupportedException or IOException)
        {
            throw new ArgumentOutOfRangeException(
                nameof(signal),
                signal,
                "This system has no such signal, or lets no program handle it (SIGKILL, SIGSTOP). Wait for a member of PosixSignal, or for " +
                "one of the system's own numbers.");
        }
    }

    /// <summary>Runs on a separate thread, under the lock: a signal either reaches a loop or gets its default action.</summary>
    private static void OnSignal(PosixSignalContext context)
    {
        lock (s_sources)
        {
            if (!s_sources.TryGetValue(context.Signal, out var source))
                return;
            foreach (var watch in source._watches)
                context.Cancel |= watch.TrySend();
        }
    }
}
