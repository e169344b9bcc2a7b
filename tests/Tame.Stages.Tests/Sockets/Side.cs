namespace Tame.Stages.Tests.Sockets;

/// <summary>A connection of a <see cref="Mix"/>, with what each side has sent and what the other has got.</summary>
internal sealed partial class Side(SocketStage sockets, Connection client, Connection server)
{
    private readonly List<byte> _got = [];
    private readonly List<byte> _answer = [];
    private readonly List<SocketPacketKind> _lasts = [];
    private readonly List<Written> _writes = [];
    private int _sent;
    private int _offered;
    private bool _isClean;

    public bool IsRead { get; set; }

    public long Received => _got.Count;

    /// <summary>The sink, or who gets what was handed back, has a packet.</summary>
    public void Note(SocketPacket packet)
    {
        Assert.Empty(_lasts);
        if (packet.Kind == SocketPacketKind.Data)
            _got.AddRange(packet.Bytes.Span);
        else
            _lasts.Add(packet.Kind);
    }

    public void Check(bool mayLackLast)
    {
        Assert.InRange(_lasts.Count, IsRead && !mayLackLast ? 1 : 0, IsRead ? 1 : 0);
        Assert.Equal(Rig.Bytes(_got.Count), _got.ToArray());
        if (_lasts is [SocketPacketKind.End])
            Assert.Equal(_sent, _got.Count);

        // Writes complete each once, those that were sent before those that were not; the peer has got them in their order.
        Assert.All(_writes, write => Assert.Equal(1, write.Ends));
        Assert.DoesNotContain(_writes.SkipWhile(write => write.IsSent), write => write.IsSent);
        int sent = _writes.Where(write => write.IsSent).Sum(write => write.Count);
        Assert.Equal(Rig.Bytes(_answer.Count, 7), _answer.ToArray());
        Assert.InRange(_answer.Count, 0, _offered);
        if (_isClean)
            Assert.InRange(_answer.Count, sent, _offered);
    }

    [Tamed]
    public partial void ActAsClient(Step[] steps, Event done);

    private void ActAsClientBody(Step[] steps, Event done)
    {
        try
        {
            foreach (var step in steps)
            {
                twait(e => timer(TimeSpan.FromMilliseconds(step.Pause), e));
                if (step.Kind == StepKind.Send)
                {
                    twait(e => client.Send(Rig.Bytes(step.Size, _sent), e));
                    _sent += step.Size;
                    continue;
                }
                if (step.Kind == StepKind.Abort)
                    client.Abort();
                else
                    client.CloseSend();
                break;
            }
        }
        catch (Exception error) when (error is System.Net.Sockets.SocketException or ObjectDisposedException)
        {
            _isClean = false;       // the stage has closed the connection
        }
        done.Trigger();
    }

    [Tamed]
    public partial void ReceiveAnswers(Event done);

    private void ReceiveAnswersBody(Event done)
    {
        var buffer = new byte[50];
        try
        {
            int count;
            do
            {
                twait(e => client.Receive(buffer, e), out count);
                _answer.AddRange(buffer.AsSpan(0, count));
                twait(e => timer(TimeSpan.FromMilliseconds(count % 4), e));
            }
            while (count != 0);
            _isClean = true;
        }
        catch (Exception error) when (error is System.Net.Sockets.SocketException or ObjectDisposedException)
        {
            _isClean = false;       // a reset, or the client has aborted
        }
        done.Trigger();
    }

    [Tamed]
    public partial void ActAsServer(Step[] steps, Event done);

    private void ActAsServerBody(Step[] steps, Event done)
    {
        foreach (var step in steps)
        {
            twait(e => timer(TimeSpan.FromMilliseconds(step.Pause), e));
            EnqueueOutcome outcome;
            do
            {
                outcome = step.Kind switch
                {
                    StepKind.Send => Write(step.Size),
                    StepKind.End => sockets.TryClose(server, Event.Ignored),
                    _ => sockets.TryAbort(server, Event.Ignored),
                };
                if (outcome == EnqueueOutcome.Full)
                    twait(e => timer(TimeSpan.FromMilliseconds(1), e));
            }
            while (outcome == EnqueueOutcome.Full);
        }
        done.Trigger();
    }

    private EnqueueOutcome Write(int count)
    {
        var write = new Written { Count = count };
        Offer(Rig.Bytes(count, _offered + 7), write);
        if (write.Outcome != EnqueueOutcome.Accepted)
            return write.Outcome;
        _offered += count;
        _writes.Add(write);
        return write.Outcome;
    }

    [Tamed]
    private partial void Offer(byte[] bytes, Written write);

    private void OfferBody(byte[] bytes, Written write)
    {
        try
        {
            using (twait())
            {
                var sent = mkevent();
                write.Outcome = sockets.TryWrite(server, bytes, sent);
                if (write.Outcome != EnqueueOutcome.Accepted)
                    sent.Trigger();
            }
            write.IsSent = true;
        }
        catch (Exception error) when (error is System.Net.Sockets.SocketException or ObjectDisposedException or OperationCanceledException or IOException)
        {
            write.IsSent = false;
        }
        write.Ends++;
    }

    private sealed class Written
    {
        public int Count { get; init; }

        public EnqueueOutcome Outcome { get; set; }

        public bool IsSent { get; set; }

        public int Ends { get; set; }
    }
}
