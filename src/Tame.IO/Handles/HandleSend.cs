using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Tame.IO;

/// <summary>A send of handles that is in progress on a connection.</summary>
internal sealed class HandleSend(LinuxConnection connection, ReadOnlyMemory<byte> buffer, SafeHandle[] handles) : Operation
{
    private ReadOnlyMemory<byte> _buffer = buffer;
    private SafeHandle[] _handles = handles;
    private long _sent;

    public void Start(Event sent)
    {
        bool isOver;
        SocketError error;
        try
        {
            isOver = TrySend(out error);
        }
        catch (ObjectDisposedException closed)
        {
            sent.Fail(closed);
            return;
        }
        if (isOver)
            Finish(sent, error);
        else
            Begin(sent);
    }

    protected override bool Attempt()
    {
        if (!TrySend(out var error))
            return false;
        Finish(End(), error);
        return true;
    }

    protected override void StartWaiting() => connection.StartWaitingToSend();

    protected override void StopWaiting() => connection.StopWaitingToSend();

    protected override void Abandoned()
    {
        if (_sent != 0)
            connection.NoteBrokenOff(_sent);
    }

    protected override void Release() => (_buffer, _handles) = (default, []);

    /// <summary>Sends as much as the system takes. True if all is sent, or sending fails.</summary>
    private bool TrySend(out SocketError error)
    {
        int count = connection.SendHandles(_buffer.Span, _handles, out error);
        if (count > 0)
            _handles = [];
        _sent += count;
        _buffer = _buffer[count..];
        return _buffer.IsEmpty || error is not (SocketError.Success or SocketError.WouldBlock);
    }

    private void Finish(LoopHandle sent, SocketError error)
    {
        if (error == SocketError.Success)
            sent.Trigger();
        else
            sent.Fail(connection.Failed("sending to", error));
    }
}
