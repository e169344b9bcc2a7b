namespace Tame.Stages;

/// <summary>Reads a connection: one packet at a time, while the sink takes them.</summary>
internal sealed partial class SocketLink
{
    private Outlet<SocketPacket>? _outlet;
    private Event _wait;
    private Exception? _readError;
    private bool _mayRead;
    private bool _isReadOver;
    private SocketPacket? _last;
    private int _isRead;

    /// <summary>The sink has all items, or takes no more.</summary>
    private bool IsReadingDone => _outlet is not { IsOver: false } outlet || !outlet.IsHolding && _last is null;

    /// <summary>Any thread. True once: a connection has one sink.</summary>
    public bool TryClaimReading() => Interlocked.Exchange(ref _isRead, 1) == 0;

    /// <summary>Any thread. The request was refused.</summary>
    public void UnclaimReading() => Volatile.Write(ref _isRead, 0);

    public void StartReading(Stage<SocketPacket> sink)
    {
        _outlet = new Outlet<SocketPacket>(Settled) { Sink = sink };
        if (IsClosed)
            EndReading(SocketPacketKind.Closed, null);
        else
            WaitForBytes();
    }

    /// <summary>The stage stops: it reads no more.</summary>
    public void EndReading() => EndReading(SocketPacketKind.Closed, null);

    /// <summary>Stops reading. The sink gets its last item after the packet that it may not have taken yet.</summary>
    private void EndReading(SocketPacketKind kind, Exception? error)
    {
        if (_outlet is not { IsOver: false } outlet || _isReadOver)
            return;
        _isReadOver = true;
        _wait.Trigger();
        var last = new SocketPacket(connection, kind, error);
        if (outlet.IsHolding)
            _last = last;
        else
            outlet.Offer(last);
    }

    /// <summary>Takes back the items that the sink has not got.</summary>
    private void TakeBack(List<SocketPacket> left)
    {
        if (_outlet?.TryTakeBack(out var held) == true)
            left.Add(held);
        if (_last is { } last)
            left.Add(last);
        _last = null;
    }

    private void ServeReading()
    {
        if (!_mayRead || _isReadOver)
            return;
        _mayRead = false;
        if (_readError is { } failed)
        {
            Fail(failed);
            return;
        }
        var buffer = Stage.Buffers.Rent();
        int version = buffer.Version;
        bool any;
        int count;
        try
        {
            any = connection.TryReceive(buffer.Bytes, out count);
        }
        catch (Exception error)
        {
            buffer.Return(version);
            Fail(error);
            return;
        }
        if (count != 0)
        {
            Deliver(new SocketPacket(connection, buffer, count), count);
            return;
        }
        buffer.Return(version);
        if (any)
            EndReading(SocketPacketKind.End, null);
        else
            WaitForBytes();
    }

    private void Deliver(in SocketPacket packet, int count)
    {
        Stage.CountReceived(count);
        if (!_outlet!.Offer(packet))
            return;
        if (count < Stage.Buffers.Size)
        {
            WaitForBytes();
            return;
        }
        _mayRead = true;        // there may be more bytes: they wait for the other ready connections
        BecomeReady();
    }

    /// <summary>The sink has taken the held item, or takes no more.</summary>
    private void Settled()
    {
        if (_outlet!.IsOver)
        {
            _isReadOver = true;
        }
        else if (_last is { } last)
        {
            _last = null;
            _outlet.Offer(last);
        }
        else if (!_isReadOver)
        {
            _mayRead = true;
            BecomeReady();
        }
        Leave();
    }

    [Tamed]
    private partial void WaitForBytes();

    private void WaitForBytesBody()
    {
        try
        {
            twait(e => Await(e), out int _);
        }
        catch (Exception error)
        {
            _readError = error;
        }
        _wait = default;
        if (_isReadOver)
            return;
        _mayRead = true;
        BecomeReady();
    }

    private void Await(Event<int> readable)
    {
        _wait = readable.Unblocker;
        connection.Receive(Memory<byte>.Empty, readable);
    }
}
