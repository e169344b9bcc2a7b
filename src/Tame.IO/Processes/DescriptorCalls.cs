using System.Net.Sockets;
using System.Runtime.InteropServices;
using Tame.Interop;

namespace Tame.IO;

/// <summary>The system calls of Linux for pipes and terminals.</summary>
internal static unsafe partial class DescriptorCalls
{
    private const int GetFlags = 3, SetFlags = 4, NonBlocking = 0x800;
    private const int FromHere = 1;
    private const int EINTR = 4, EIO = 5, EAGAIN = 11, EPIPE = 32;

    public static void SetNonBlocking(SafeHandle handle)
    {
        int flags = Control(handle, GetFlags, 0);
        if (flags < 0 || Control(handle, SetFlags, flags | NonBlocking) < 0)
            throw new IOException($"A pipe cannot be set to non-blocking: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}.");
    }

    public static int Read(SafeHandle handle, Span<byte> buffer, out SocketError error)
    {
        fixed (byte* start = buffer)
        {
            nint count;
            while ((count = Libc.Read(handle, start, buffer.Length)) < 0 && Marshal.GetLastPInvokeError() == EINTR)
                ;
            error = Meaning(count);
            return (int)Math.Max(0, count);
        }
    }

    public static int Write(SafeHandle handle, ReadOnlySpan<byte> buffer, out SocketError error)
    {
        fixed (byte* start = buffer)
        {
            nint count;
            while ((count = Libc.Write(handle, start, buffer.Length)) < 0 && Marshal.GetLastPInvokeError() == EINTR)
                ;
            error = Meaning(count);
            return (int)Math.Max(0, count);
        }
    }

    /// <summary>Whether one read would not block now.</summary>
    public static bool IsReadable(SafeHandle handle)
    {
        var item = new PollItem { Descriptor = (int)handle.DangerousGetHandle(), Interest = PollItem.In };
        return Libc.Poll(&item, 1, 0) > 0;
    }

    /// <summary>Whether it is a file, or a device such as <c>/dev/null</c>: these are always ready, and epoll does not watch them.</summary>
    public static bool HasPosition(SafeHandle handle) => Seek(handle, 0, FromHere) >= 0;

    private static SocketError Meaning(nint count) => count >= 0 ? SocketError.Success : Marshal.GetLastPInvokeError() switch
    {
        EAGAIN => SocketError.WouldBlock,
        EPIPE => SocketError.ConnectionReset,
        EIO => SocketError.ConnectionAborted,
        _ => SocketError.SocketError,
    };

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Control(SafeHandle fd, int command, int argument);

    [LibraryImport("libc", EntryPoint = "lseek", SetLastError = true)]
    private static partial nint Seek(SafeHandle fd, nint offset, int origin);
}
