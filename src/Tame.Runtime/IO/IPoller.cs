using Tame.Interop;

namespace Tame.IO;

/// <summary>
/// Asks the system which file descriptors are ready. It is level-triggered, and each descriptor has a datum that is returned with its readiness. The loop's
/// thread owns it; other threads may call only <see cref="Wake"/>.
/// </summary>
internal interface IPoller : IDisposable
{
    /// <summary>A descriptor that is readable while something is ready, for a poller that watches this one. Negative if the system has none.</summary>
    int Handle => -1;

    /// <summary>
    /// Watches a descriptor. Returns <see cref="Errno.EEXIST"/> if it is already watched, or <see cref="Errno.EPERM"/> if it is always ready.
    /// </summary>
    Errno Add(int fd, FdEvents interest, ulong datum);

    /// <summary>
    /// Changes the events of a watched descriptor. Returns <see cref="Errno.ENOENT"/> if it is not watched, or its number now belongs to another file.
    /// </summary>
    Errno Modify(int fd, FdEvents interest, ulong datum);

    /// <summary>Stops watching a descriptor.</summary>
    Errno Remove(int fd);

    /// <summary>
    /// Checks that reports about a number concern the file that it was added for. Returns <see cref="Errno.ENOENT"/> if the number now belongs to another file.
    /// </summary>
    Errno Confirm(int fd);

    /// <summary>Removes all descriptors, including those without a number. Returns false if the system cannot do so.</summary>
    bool TryReset();

    /// <summary>
    /// Returns the ready descriptors, after a wait of at most the timeout; -1 means no limit. The result is empty after <see cref="Wake"/> or the timeout, or
    /// earlier. It is valid until the next call.
    /// </summary>
    ReadOnlySpan<Readiness> Wait(int timeoutMilliseconds);

    /// <summary>Ends the current wait at once, or else the next one with a timeout. Any thread may call it, even after Dispose.</summary>
    void Wake();
}

/// <summary>
/// The readiness of one descriptor. A hangup or an error makes it ready for everything that it is watched for. A descriptor that is no longer open is ready for
/// nothing.
/// </summary>
internal readonly record struct Readiness(ulong Datum, FdEvents Events);
