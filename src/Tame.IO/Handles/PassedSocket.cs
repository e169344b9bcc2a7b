using Microsoft.Win32.SafeHandles;

namespace Tame.IO;

/// <summary>Sockets that came from another process.</summary>
internal static unsafe class PassedSocket
{
    private const int SocketLevel = 1;
    private const int Type = 3;
    private const int IsListening = 30;
    private const int Stream = 1;

    /// <summary>Takes over the descriptor of a socket.</summary>
    /// <exception cref="ArgumentException">It is not a socket of that kind. The handle is unchanged.</exception>
    public static SocketHandle Take(SafeFileHandle passed, bool isListening, string parameter, out RemoteAddress peer)
    {
        peer = default;
        ArgumentNullException.ThrowIfNull(passed, parameter);
        _ = EventLoop.Current ?? throw Errors.NoLoop();
        ObjectDisposedException.ThrowIf(passed.IsClosed, passed);
        int fd = (int)passed.DangerousGetHandle();
        bool isRight = Option(fd, Type) == Stream && Option(fd, IsListening) == (isListening ? 1 : 0);
        if (!isRight || (LinuxAddress.TryGetPeer(fd, out peer) == isListening))
            throw HandleErrors.NotASocket(isListening, parameter);
        DescriptorCalls.SetNonBlocking(passed);
        passed.SetHandleAsInvalid();
        return new SocketHandle(fd);
    }

    private static int Option(int fd, int name)
    {
        int value = 0;
        int size = sizeof(int);
        return SocketCalls.GetOption(fd, SocketLevel, name, &value, &size) == 0 ? value : -1;
    }
}
