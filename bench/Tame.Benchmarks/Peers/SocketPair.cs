using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Tame.Benchmarks.Peers;

/// <summary>Two connected stream sockets. The system makes them at once, without listener, address or port.</summary>
internal static partial class SocketPair
{
    private const int Unix = 1, Stream = 1, OpenFiles = 7;

    /// <summary>The descriptors of a pair, or null where the process may open no more.</summary>
    public static (int Near, int Far)? Open()
    {
        Span<int> pair = stackalloc int[2];
        return socketpair(Unix, Stream, 0, pair) == 0 ? (pair[0], pair[1]) : null;
    }

    /// <summary>A socket that owns a descriptor. NetworkStream wants one that blocks; its asynchronous calls do not.</summary>
    public static Socket Own(int descriptor, bool blocking) => new(new SafeSocketHandle(descriptor, ownsHandle: true)) { Blocking = blocking };

    /// <summary>Both ends of a pair as sockets.</summary>
    public static (Socket Near, Socket Far) OpenSockets(bool blocking) =>
        Open() is var (near, far) ? (Own(near, blocking), Own(far, blocking)) : throw new InvalidOperationException("The process may open no more descriptors.");

    /// <summary>Raises the limit of descriptors to this number. If the system refuses, the limit does not change.</summary>
    public static void AllowDescriptors(int count)
    {
        var limit = new Limit { Soft = (nuint)count, Hard = (nuint)count };
        _ = setrlimit(OpenFiles, in limit);
    }

    public static void Close(int descriptor) => _ = close(descriptor);

    [LibraryImport("libc")]
    private static partial int socketpair(int domain, int type, int protocol, Span<int> pair);

    [LibraryImport("libc")]
    private static partial int setrlimit(int resource, in Limit limit);

    [LibraryImport("libc")]
    private static partial int close(int descriptor);

    [StructLayout(LayoutKind.Sequential)]
    private struct Limit
    {
        public nuint Soft;
        public nuint Hard;
    }
}
