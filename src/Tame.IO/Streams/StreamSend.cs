using System.Net.Sockets;

namespace Tame.IO;

/// <summary>A write to a connection's stream that is in progress. Until it ends, it is the connection's send.</summary>
internal sealed class StreamSend(Connection connection) : StreamOperation(connection)
{
    private const string What = "sending to";
    private ReadOnlyMemory<byte> _buffer;
    private long _sent;

    protected override string Name => "write";

    public ValueTask Start(ReadOnlyMemory<byte> buffer, CancellationToken token)
    {
        if ((Enter(token) ?? Connection.TakeSend(this)) is { } refusal)
            return ValueTask.FromException(refusal);
        if (buffer.IsEmpty)
            return default;
        _buffer = buffer;
        if (TakeTry(Connection.Loop, Patience.Sends) && TrySend(out var error))
        {
            Release();
            return error == SocketError.Success ? default : ValueTask.FromException(Connection.Failed(What, error));
        }
        return new ValueTask(this, Wait(token));
    }

    protected override bool Attempt()
    {
        if (!TrySend(out var error))
            return false;
        Complete(0, error, What);
        return true;
    }

    protected override void StartWaiting() => Connection.StartWaitingToSend();

    protected override void StopWaiting() => Connection.StopWaitingToSend();

    protected override void Abandoned()
    {
        if (_sent != 0)
            Connection.NoteBrokenOff(_sent);
    }

    protected override void Release()
    {
        _buffer = default;
        _sent = 0;
    }

    /// <summary>Sends as much as the system takes. True if all is sent, or sending fails.</summary>
    private bool TrySend(out SocketError error)
    {
        int count = Connection.Send(_buffer.Span, out error);
        _sent += count;
        _buffer = _buffer[count..];
        return _buffer.IsEmpty || error is not (SocketError.Success or SocketError.WouldBlock);
    }
}
