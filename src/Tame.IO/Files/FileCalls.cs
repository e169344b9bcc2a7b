using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Tame.IO;

/// <summary>The system calls of Linux that read without waiting, and append in one step.</summary>
internal static unsafe partial class FileCalls
{
    /// <summary>Returned if the call would have to wait.</summary>
    public const int WouldBlock = -1;

    /// <summary>Returned if the file system or the kernel does not know the flag.</summary>
    public const int Refused = -2;

    /// <summary>Returned for every other failure.</summary>
    public const int Failed = -3;

    private const int NoWait = 0x8, AtEnd = 0x10;
    private const int EINTR = 4, EAGAIN = 11, ENOSYS = 38, EOPNOTSUPP = 95;

    /// <summary>The calls exist: in glibc since 2.26, in musl since 1.2.5.</summary>
    public static bool AreThere { get; } = OperatingSystem.IsLinux() && Environment.Is64BitProcess &&
        NativeLibrary.TryGetExport(NativeLibrary.GetMainProgramHandle(), "preadv2", out _);

    /// <summary>Reads bytes that are in memory.</summary>
    /// <param name="fd">The descriptor. The caller keeps its handle open, which costs less than to hold it for each call.</param>
    /// <param name="buffer">The destination.</param>
    /// <param name="offset">The position in the file; -1 for the position of the descriptor, which advances.</param>
    /// <returns>The number of bytes; a negative number is one of the constants above.</returns>
    public static int ReadNow(int fd, Span<byte> buffer, long offset)
    {
        fixed (byte* start = buffer)
        {
            var part = new Part(start, (nuint)buffer.Length);
            nint count = ReadParts(fd, &part, 1, (nint)offset, NoWait);
            return count >= 0 ? (int)count : Meaning(Marshal.GetLastPInvokeError());
        }
    }

    /// <summary>Appends bytes, on a thread that may wait.</summary>
    /// <returns>The number of bytes; a negative number is one of the constants above.</returns>
    public static int Append(SafeHandle file, ReadOnlySpan<byte> buffer)
    {
        fixed (byte* start = buffer)
        {
            var part = new Part(start, (nuint)buffer.Length);
            nint count = WriteParts(file, &part, 1, 0, AtEnd);
            return count >= 0 ? (int)count : Meaning(Marshal.GetLastPInvokeError());
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Meaning(int error) => error switch
    {
        EAGAIN or EINTR => WouldBlock,
        EOPNOTSUPP or ENOSYS => Refused,
        _ => Failed,
    };

    [LibraryImport("libc", EntryPoint = "preadv2", SetLastError = true)]
    private static partial nint ReadParts(int fd, Part* parts, int count, nint offset, int flags);

    [LibraryImport("libc", EntryPoint = "pwritev2", SetLastError = true)]
    private static partial nint WriteParts(SafeHandle fd, Part* parts, int count, nint offset, int flags);

    /// <summary>A <c>struct iovec</c>.</summary>
    private readonly struct Part(byte* start, nuint length)
    {
        public readonly byte* Start = start;
        public readonly nuint Length = length;
    }
}
