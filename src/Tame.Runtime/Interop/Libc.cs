using System.Runtime.InteropServices;

namespace Tame.Interop;

/// <summary>The system calls of the pollers, and of counting descriptors. Each returns -1 for an error, which <see cref="LastError"/> then names.</summary>
internal static unsafe partial class Libc
{
    public static Errno LastError => (Errno)Marshal.GetLastPInvokeError();

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    public static partial int EpollCreate(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    public static partial int EpollControl(int epoll, int operation, int fd, void* ev);

    [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    public static partial int EpollWait(int epoll, void* events, int count, int timeoutMilliseconds);

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    public static partial int EventFd(uint value, int flags);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(SafeHandle fd, void* buffer, nint count);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(SafeHandle fd, void* buffer, nint count);

    /// <summary>The count is as wide as a register. Systems that take a narrower one read the lower half.</summary>
    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    public static partial int Poll(PollItem* items, nuint count, int timeoutMilliseconds);

    [LibraryImport("libc", EntryPoint = "fstat", SetLastError = true)]
    public static partial int FileStatus(int fd, void* stat);

    /// <summary>The bytes that <see cref="Status"/> fills. They have the same layout on every processor.</summary>
    public const int StatusSize = 256;
    public const int SizeInStatus = 40;
    public const int WorkingFolder = -100;
    public const uint StatusOfSize = 0x200;

    [LibraryImport("libc", EntryPoint = "statx")]
    public static partial int Status(int folder, byte* path, int flags, uint mask, byte* status);
}
