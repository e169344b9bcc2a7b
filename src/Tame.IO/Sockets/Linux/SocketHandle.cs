namespace Tame.IO;

/// <summary>Owns the descriptor of a socket. A connection that is never disposed of is closed by the garbage collector.</summary>
internal sealed class SocketHandle : OwnHandle
{
    public SocketHandle(int fd)
        : base(fd) => EventLoop.NoteDescriptors(1);

    protected override bool Close(int fd)
    {
        EventLoop.NoteDescriptors(-1);
        return SocketCalls.Close(fd) == 0;
    }
}
