using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Tame.Runtime.Tests.IO;

/// <summary>The system calls that create descriptors for tests.</summary>
internal static unsafe partial class Posix
{
    private const int NonBlocking = 0x800;
    private const int DuplicateCloseOnExec = 1030;
    private const int SetFlags = 4;
    private const int Linger = 13;
    private const int AddressSize = 16;

    // Tests run in parallel. No other code takes numbers this high, so a closed one stays closed.
    private const int HighNumbers = 600;

    /// <summary>Two connected stream sockets that do not block.</summary>
    public static (int Here, int There) SocketPair() => SocketPair(moveUp: true);

    /// <summary>Two connected stream sockets that do not block. If they are moved up, no other code takes their numbers.</summary>
    public static (int Here, int There) SocketPair(bool moveUp)
    {
        int* pair = stackalloc int[2];
        Check(socketpair(1, 1 | NonBlocking, 0, pair));
        return moveUp ? (MoveUp(pair[0]), MoveUp(pair[1])) : (pair[0], pair[1]);
    }

    /// <summary>Takes every number that this process has left.</summary>
    public static List<int> TakeAllDescriptors(int open)
    {
        var taken = new List<int>();
        for (int fd; (fd = fcntl(open, DuplicateCloseOnExec, 0)) >= 0;)
            taken.Add(fd);
        return taken;
    }

    /// <summary>Two sockets that do not block, connected over the loopback network.</summary>
    public static (int Here, int There) TcpPair()
    {
        const int family = 2;
        byte* address = stackalloc byte[AddressSize] { family, 0, 0, 0, 127, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0 };
        int size = AddressSize;
        int listener = Check(socket(family, 1, 0));
        Check(bind(listener, address, size));
        Check(listen(listener, 1));
        Check(getsockname(listener, address, &size));
        int here = Check(socket(family, 1, 0));
        Check(connect(here, address, size));
        Check(fcntl(here, SetFlags, NonBlocking));
        int there = Check(accept4(listener, null, null, NonBlocking));
        Close(listener);
        return (MoveUp(here), MoveUp(there));
    }

    /// <summary>Closes a connection so that the peer gets an error.</summary>
    public static void Reset(int fd)
    {
        int* linger = stackalloc int[2] { 1, 0 };
        Check(setsockopt(fd, 1, Linger, linger, 2 * sizeof(int)));
        Close(fd);
    }

    /// <summary>Lets the peer read the end. It can still write.</summary>
    public static void EndWriting(int fd) => Check(shutdown(fd, 1));

    /// <summary>A pipe whose ends do not block.</summary>
    public static (int Reader, int Writer) Pipe()
    {
        int* pair = stackalloc int[2];
        Check(pipe2(pair, NonBlocking));
        return (MoveUp(pair[0]), MoveUp(pair[1]));
    }

    public static void Write(int fd)
    {
        byte one = 1;
        Check((int)write(fd, &one, 1));
    }

    public static void Read(int fd)
    {
        byte one;
        Check((int)read(fd, &one, 1));
    }

    /// <summary>Writes until the buffer is full.</summary>
    public static void Fill(int fd)
    {
        byte* block = stackalloc byte[4096];
        while (write(fd, block, 4096) > 0)
        {
        }
    }

    /// <summary>Reads until nothing is left.</summary>
    public static void Drain(int fd)
    {
        byte* block = stackalloc byte[4096];
        while (read(fd, block, 4096) > 0)
        {
        }
    }

    public static ulong ReadCounter(int fd)
    {
        ulong value = 0;
        return read(fd, &value, sizeof(ulong)) == sizeof(ulong) ? value : 0;
    }

    public static void Close(int fd) => Check(close(fd));

    public static int Duplicate(int fd) => Check(fcntl(fd, DuplicateCloseOnExec, HighNumbers));

    /// <summary>Closes a number and gives it to another file, in one step.</summary>
    public static void Replace(int number, int file)
    {
        Check(dup2(file, number));
        Close(file);
    }

    public static int ThreadId() => gettid();

    public static void Interrupt(int threadId, int signal) => Check(tgkill(Environment.ProcessId, threadId, signal));

    /// <summary>Sends a signal to this process.</summary>
    public static void Raise(int signal) => Check(kill(Environment.ProcessId, signal));

    public static SafeFileHandle Own(int fd) => new(fd, ownsHandle: true);

    private static int MoveUp(int fd)
    {
        int high = Duplicate(fd);
        Close(fd);
        return high;
    }

    private static int Check(int result) =>
        result >= 0 ? result : throw new IOException(Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError()));

    [LibraryImport("libc", SetLastError = true)]
    private static partial int socketpair(int domain, int type, int protocol, int* pair);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int socket(int domain, int type, int protocol);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int bind(int fd, void* address, int size);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int listen(int fd, int backlog);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int getsockname(int fd, void* address, int* size);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int connect(int fd, void* address, int size);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int accept4(int fd, void* address, int* size, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int setsockopt(int fd, int level, int option, void* value, int size);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int shutdown(int fd, int how);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int pipe2(int* pair, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint write(int fd, void* buffer, nint count);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint read(int fd, void* buffer, nint count);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int close(int fd);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int dup2(int fd, int number);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fcntl(int fd, int command, int argument);

    [LibraryImport("libc")]
    private static partial int gettid();

    [LibraryImport("libc", SetLastError = true)]
    private static partial int tgkill(int process, int thread, int signal);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int kill(int process, int signal);
}
