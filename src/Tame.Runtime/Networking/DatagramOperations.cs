using System.Net;
using System.Net.Sockets;

namespace Tame;

/// <summary>The current receive of a datagram socket.</summary>
internal sealed class DatagramReceive(Datagrams datagrams) : Operation
{
    private Memory<byte> _buffer;

    public void Start(Memory<byte> buffer, LoopHandle received)
    {
        if (TakeTry(datagrams.Loop))
        {
            int count = datagrams.Receive(buffer.Span, out var from, out var error);
            if (error != SocketError.WouldBlock)
            {
                TrustTries();
                Finish(received, count, from, error);
                return;
            }
            DoubtTries();
        }
        _buffer = buffer;
        Begin(received);
    }

    protected override bool Attempt()
    {
        int count = datagrams.Receive(_buffer.Span, out var from, out var error);
        if (error == SocketError.WouldBlock)
            return false;
        Finish(End(), count, from, error);
        return true;
    }

    protected override void StartWaiting() => datagrams.StartWaitingToReceive();

    protected override void StopWaiting() => datagrams.StopWaitingToReceive();

    protected override void Release() => _buffer = default;

    private void Finish(LoopHandle received, int count, EndPoint? from, SocketError error)
    {
        if (error == SocketError.Success)
            received.Trigger(count, from!);
        else
            received.Fail(NetworkErrors.Failed($"receiving a datagram at {datagrams.LocalEndPoint}", error));
    }
}

/// <summary>The current send of a datagram socket.</summary>
internal sealed class DatagramSend(Datagrams datagrams) : Operation
{
    private ReadOnlyMemory<byte> _buffer;
    private EndPoint? _to;

    public void Start(ReadOnlyMemory<byte> buffer, EndPoint to, LoopHandle sent)
    {
        if (TakeTry(datagrams.Loop, Patience.Sends))
        {
            datagrams.Send(buffer.Span, to, out var error);
            if (error != SocketError.WouldBlock)
            {
                Finish(sent, to, error);
                return;
            }
        }
        (_buffer, _to) = (buffer, to);
        Begin(sent);
    }

    protected override bool Attempt()
    {
        var to = _to!;
        datagrams.Send(_buffer.Span, to, out var error);
        if (error == SocketError.WouldBlock)
            return false;
        Finish(End(), to, error);
        return true;
    }

    protected override void StartWaiting() => datagrams.StartWaitingToSend();

    protected override void StopWaiting() => datagrams.StopWaitingToSend();

    protected override void Release() => (_buffer, _to) = (default, null);

    private static void Finish(LoopHandle sent, EndPoint to, SocketError error)
    {
        if (error == SocketError.Success)
            sent.Trigger();
        else
            sent.Fail(NetworkErrors.Failed($"sending a datagram to {to}", error));
    }
}
