using Tame.Interop;

namespace Tame.IO;

/// <summary>
/// Asks the system which descriptors are ready: level-triggered, each with a datum that comes back with its readiness. The loop's thread
/// owns it; only <see cref="Wake"/> may be called from others.
/// </summary>
internal interface IPoller : IDisposable
{
    /// <summary>A descriptor that is readable while something is ready, for a poller that watches this one; negative where the system has no such thing.</summary>
    int Handle => -1;

    /// <summary>Watches a descriptor. <see cref="Errno.EEXIST"/> where it is watched already, <see cref="Errno.EPERM"/> where it is always ready.</summary>
    Errno Add(int fd, FdEvents interest, ulong datum);

    /// <summary>Changes what a descriptor is watched for. <see cref="Errno.ENOENT"/> where it is not watched, or its number is another file's now.</summary>
    Errno Modify(int fd, FdEvents interest, ulong datum);

    /// <summary>Watches a descriptor no longer.</summary>
    Errno Remove(int fd);

    /// <summary>Whether what is reported of a number is of the file that it was added for. <see cref="Errno.ENOENT"/> where it is another file's now.</summary>
    Errno Confirm(int fd);

    /// <summary>Forgets all descriptors, also those that no number leads to. False where the system has no means for it.</summary>
    bool TryReset();

    /// <summary>
    /// What is ready, waiting for it at most so long; -1 is without a limit. Empty after <see cref="Wake"/> or the time, or earlier. What it returns
    /// is valid until the next call.
    /// </summary>
    ReadOnlySpan<Readiness> Wait(int timeoutMilliseconds);

    /// <summary>Ends the wait that is under way, or else the next one with a timeout, at once. Any thread may call it, also after Dispose.</summary>
    void Wake();
}

/// <summary>
/// One descriptor's readiness; a hangup or an error makes it ready for everything it is watched for, and one that is no longer open is
/// ready for nothing.
/// </summary>
internal readonly record struct Readiness(ulong Datum, FdEvents Events);
