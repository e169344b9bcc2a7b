using Microsoft.Win32.SafeHandles;

namespace Tame.IO;

/// <summary>Owns the descriptor of a socket. A connection that is never disposed of is closed by the garbage collector.</summary>
internal sealed class SocketHandle : SafeHandleMinusOneIsInvalid
{
    public SocketHandle(int fd)
        : base(ownsHandle: true)
    {
        SetHandle(fd);
        EventLoop.NoteDescriptors(1);
    }

    /// <summary>The number. The caller keeps the handle alive while it uses it.</summary>
    public int Number => (int)handle;

    protected override bool ReleaseHandle()
    {
        EventLoop.NoteDescriptors(-1);
        return SocketCalls.Close(handle) == 0;
    }
}
