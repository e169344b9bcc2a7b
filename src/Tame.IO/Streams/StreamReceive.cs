using System.Net.Sockets;

namespace Tame.IO;

/// <summary>A read of a connection's stream that is in progress. Until it ends, it is the connection's receive.</summary>
internal sealed class StreamReceive(Connection connection) : StreamOperation(connection)
{
    private const string What = "receiving from";
    private Memory<byte> _buffer;

    public bool HasEnded { get; private set; }

    protected override string Name => "read";

    public ValueTask<int> Start(Memory<byte> buffer, CancellationToken token)
    {
        if (Enter(token) is { } refusal)
            return ValueTask.FromException<int>(refusal);
        Connection.TakeReceive(this);
        if (!buffer.IsEmpty && TakeTry(Connection.Loop))
        {
            int count = Receive(buffer.Span, out var error);
            if (error != SocketError.WouldBlock)
                TrustTries();
            if (error == SocketError.Success)
                return new ValueTask<int>(count);
            if (error != SocketError.WouldBlock)
                return ValueTask.FromException<int>(Connection.Failed(What, error));
            DoubtTries();
        }
        _buffer = buffer;
        return new ValueTask<int>(this, Wait(token));
    }

    protected override bool Attempt()
    {
        int count = 0;
        var error = SocketError.Success;
        if (!_buffer.IsEmpty)
            count = Receive(_buffer.Span, out error);
        if (error == SocketError.WouldBlock)
            return false;
        Complete(count, error, What);
        return true;
    }

    protected override void StartWaiting() => Connection.StartWaitingToReceive();

    protected override void StopWaiting() => Connection.StopWaitingToReceive();

    protected override void Release() => _buffer = default;

    private int Receive(Span<byte> buffer, out SocketError error)
    {
        int count = Connection.Receive(buffer, out error);
        if (error != SocketError.WouldBlock && count < buffer.Length)
            WaitNext();
        HasEnded |= count == 0 && error == SocketError.Success;
        return count;
    }
}
