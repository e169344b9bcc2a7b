namespace Tame.IO;

/// <summary>Owns the descriptor of a socket. If a connection is never disposed of, the garbage collector closes the descriptor.</summary>
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
