using System.Net.Sockets;

namespace Tame;

/// <summary>The current accept of a listener.</summary>
internal sealed class AcceptOperation(Listener listener) : Operation
{
    public void Start(LoopHandle accepted)
    {
        if (TakeTry(listener.Loop))
        {
            var connection = listener.Accept(out var error);
            if (connection is not null || error != SocketError.WouldBlock)
            {
                TrustTries();
                Finish(accepted, connection, error);
                return;
            }
            DoubtTries();
        }
        Begin(accepted);
    }

    protected override bool Attempt()
    {
        int before = listener.Loop.OpenDescriptors;
        var connection = listener.Accept(out var error);
        if (connection is null && error == SocketError.WouldBlock)
            return false;
        var accepted = End();
        listener.Loop.Recorder?.HandOver(accepted, listener.Loop.OpenDescriptors - before);
        Finish(accepted, connection, error);
        return true;
    }

    protected override void StartWaiting() => listener.StartWaiting();

    protected override void StopWaiting() => listener.StopWaiting();

    protected override void Release()
    {
    }

    private void Finish(LoopHandle accepted, Connection? connection, SocketError error)
    {
        if (connection is null)
            accepted.Fail(listener.Failed(error));
        else if (!accepted.Trigger(connection))
            connection.Dispose();
    }
}
