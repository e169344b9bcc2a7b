namespace Tame.Interop;

/// <summary>The system call errors that pollers distinguish. These numbers are the same on Linux, the BSDs, and macOS.</summary>
internal enum Errno
{
    /// <summary>Not a system error number: the poller watches only sockets.</summary>
    NotASocket = -1,
    None = 0,
    EPERM = 1,
    ENOENT = 2,
    EINTR = 4,
    EBADF = 9,
    ENOMEM = 12,
    EEXIST = 17,
    ENFILE = 23,
    EMFILE = 24,
    ENOSPC = 28,
    ELOOP = 40,
}
