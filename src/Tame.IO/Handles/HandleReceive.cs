using System.Net.Sockets;
using Microsoft.Win32.SafeHandles;

namespace Tame.IO;

/// <summary>A receive of handles that is in progress on a connection.</summary>
internal sealed class HandleReceive(LinuxConnection connection, Memory<byte> buffer) : Operation
{
    private Memory<byte> _buffer = buffer;

    public void Start(Event<int, SafeFileHandle[]> received)
    {
        try
        {
            int count = connection.ReceiveHandles(_buffer.Span, out var handles, out var error);
            if (error == SocketError.WouldBlock)
                Begin(received.Unblocker);
            else
                Finish(received.Unblocker, count, handles, error);
        }
        catch (IOException lost)
        {
            received.Fail(lost);
        }
    }

    protected override bool Attempt()
    {
        int count = connection.ReceiveHandles(_buffer.Span, out var handles, out var error);
        if (error == SocketError.WouldBlock)
            return false;
        Finish(End(), count, handles, error);
        return true;
    }

    protected override void StartWaiting() => connection.StartWaitingToReceive();

    protected override void StopWaiting() => connection.StopWaitingToReceive();

    protected override void Release() => _buffer = default;

    private void Finish(LoopHandle received, int count, SafeFileHandle[] handles, SocketError error)
    {
        if (error == SocketError.Success)
            received.Trigger(count, handles);
        else
            received.Fail(connection.Failed("receiving from", error));
    }
}
