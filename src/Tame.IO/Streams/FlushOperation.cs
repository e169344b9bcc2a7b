using System.Net.Sockets;

namespace Tame.IO;

/// <summary>A flush of a writer that is in progress. Until it ends, it is the connection's send.</summary>
internal sealed class FlushOperation(Writer writer, Connection connection) : Operation
{
    public void Start(LoopHandle flushed)
    {
        if (writer.Unsent == 0)
            flushed.Trigger();
        else if (!TakeTry(connection.Loop, Patience.Sends) || !TrySend(flushed))
            Begin(flushed);
    }

    protected override bool Attempt() => TrySend(default);

    protected override void StartWaiting() => connection.StartWaitingToSend();

    protected override void StopWaiting() => connection.StopWaitingToSend();

    protected override void Release() => writer.TellEnd();

    private bool TrySend(LoopHandle starting)
    {
        var error = writer.SendMore(out bool isAll);
        if (!isAll && error is SocketError.Success or SocketError.WouldBlock)
            return false;
        var flushed = IsUnderWay ? End() : starting;
        if (error == SocketError.Success)
            flushed.Trigger();
        else
            flushed.Fail(connection.Failed("sending to", error));
        return true;
    }
}
