using System.Net.Sockets;

namespace Tame;

/// <summary>The current receive of a connection.</summary>
internal sealed class ReceiveOperation(Connection connection) : Operation
{
    private Memory<byte> _buffer;

    /// <summary>Receives at once if bytes are available, and waits otherwise.</summary>
    public void Start(Memory<byte> buffer, LoopHandle received)
    {
        if (!buffer.IsEmpty && TakeTry(connection.Loop))
        {
            int count = connection.Receive(buffer.Span, out var error);
            if (error != SocketError.WouldBlock)
            {
                TrustTries();
                if (count < buffer.Length)
                    WaitNext();
                Finish(received, count, error);
                return;
            }
            DoubtTries();
        }
        _buffer = buffer;
        Begin(received);
    }

    protected override bool Attempt()
    {
        int count = 0;
        var error = SocketError.Success;
        if (!_buffer.IsEmpty)
        {
            count = connection.Receive(_buffer.Span, out error);
            if (error == SocketError.WouldBlock)
                return false;
            if (count < _buffer.Length)
                WaitNext();
        }
        Finish(End(), count, error);
        return true;
    }

    protected override void StartWaiting() => connection.StartWaitingToReceive();

    protected override void StopWaiting() => connection.StopWaitingToReceive();

    protected override void Release() => _buffer = default;

    private void Finish(LoopHandle received, int count, SocketError error)
    {
        if (error == SocketError.Success)
            received.Trigger(count);
        else
            received.Fail(connection.Failed("receiving from", error));
    }
}
