using System.Net.Sockets;
using System.Text;

namespace Tame.IO;

/// <summary>The goal of a read.</summary>
internal enum ReadGoal
{
    More,
    Line,
    Until,
    Some,
    Exactly,
}

/// <summary>A read of a reader that is in progress. Until it ends, it is the connection's receive.</summary>
internal sealed class ReadOperation(Reader reader, Connection connection) : Operation
{
    private ReadGoal _goal;
    private byte _delimiter;
    private Memory<byte> _destination;

    /// <summary>The number of bytes in the destination.</summary>
    private int _taken;

    /// <summary>Whether the buffer has received bytes since the read began.</summary>
    private bool _hasMore;

    /// <summary>Reads at once from buffered or available bytes, and waits otherwise.</summary>
    public void Start(ReadGoal goal, LoopHandle e, Memory<byte> destination = default, byte delimiter = 0)
    {
        (_goal, _destination, _delimiter) = (goal, destination, delimiter);
        if (TryFinish(e))
            return;
        while (TakeTry(connection.Loop))
        {
            if (!TryReceive(out var error))
            {
                DoubtTries();
                break;
            }
            TrustTries();
            if (error != SocketError.Success)
            {
                Fail(e, connection.Failed("receiving from", error));
                return;
            }
            if (TryFinish(e))
                return;
        }
        reader.Trim();
        Begin(e);
    }

    protected override bool Attempt()
    {
        if (!TryReceive(out var error))
            return false;
        if (error != SocketError.Success)
        {
            Fail(default, connection.Failed("receiving from", error));
            return true;
        }
        if (TryFinish(default))
            return true;
        reader.Trim();
        return false;
    }

    protected override void StartWaiting() => connection.StartWaitingToReceive();

    protected override void StopWaiting() => connection.StopWaitingToReceive();

    protected override void Abandoned() => PutBack();

    protected override void EndWith(Exception error)
    {
        PutBack();
        base.EndWith(error);
    }

    protected override void Release()
    {
        _destination = default;
        _taken = 0;
        _hasMore = false;
    }

    /// <summary>Receives, directly into the destination if possible. False if nothing is available yet.</summary>
    private bool TryReceive(out SocketError error)
    {
        int free, count;
        if (_goal >= ReadGoal.Some && reader.IsBufferEmpty)
        {
            var rest = _destination.Span[_taken..];
            free = rest.Length;
            count = connection.Receive(rest, out error);
            _taken += count;
            if (error == SocketError.WouldBlock)
                return false;
        }
        else if (!reader.Receive(out free, out count, out error))
            return false;
        if (count < free)
            WaitNext();
        _hasMore = true;
        if (count == 0 && error == SocketError.Success)
            reader.IsEnded = true;
        return true;
    }

    /// <summary>Completes the event if the goal is reached, or cannot be reached. The event is that of a read that starts, or empty for a read in progress.</summary>
    private bool TryFinish(LoopHandle starting)
    {
        try
        {
            return _goal switch
            {
                ReadGoal.More => TryFinishMore(starting),
                ReadGoal.Line => TryFinishLine(starting),
                ReadGoal.Until => TryFinishUntil(starting),
                ReadGoal.Some => TryFinishSome(starting),
                _ => TryFinishExactly(starting),
            };
        }
        catch (InvalidDataException error)
        {
            return Fail(starting, error);
        }
    }

    private bool TryFinishMore(LoopHandle starting)
    {
        if (!_hasMore && !reader.IsEnded)
            return reader.IsOverLimit && Fail(starting, StreamErrors.Full(reader.Limit));
        Finish(starting).Trigger();
        return true;
    }

    private bool TryFinishLine(LoopHandle starting)
    {
        if (reader.TryTakeLine(out var line))
            Finish(starting).Trigger<string?>(Encoding.UTF8.GetString(line.Span));
        else if (reader.IsEnded)
            Finish(starting).Trigger<string?>(null);
        else
            return false;
        return true;
    }

    private bool TryFinishUntil(LoopHandle starting)
    {
        if (reader.TryTakeUntil(_delimiter, out var block))
            Finish(starting).Trigger(block);
        else
            return reader.IsEnded && Fail(starting, StreamErrors.EndsBefore(_delimiter));
        return true;
    }

    private bool TryFinishSome(LoopHandle starting)
    {
        int count = _taken != 0 ? _taken : reader.TakeInto(_destination.Span);
        if (count == 0 && !reader.IsEnded && !_destination.IsEmpty)
            return false;
        Finish(starting).Trigger(count);
        return true;
    }

    private bool TryFinishExactly(LoopHandle starting)
    {
        _taken += reader.TakeInto(_destination.Span[_taken..]);
        if (_taken == _destination.Length)
            Finish(starting).Trigger();
        else
            return reader.IsEnded && Fail(starting, StreamErrors.EndsBefore(_destination.Length, _taken));
        return true;
    }

    private LoopHandle Finish(LoopHandle starting)
    {
        if (IsUnderWay)
            return End();
        Release();
        return starting;
    }

    private bool Fail(LoopHandle starting, Exception error)
    {
        PutBack();
        Finish(starting).Fail(error);
        return true;
    }

    private void PutBack()
    {
        if (_taken == 0)
            return;
        reader.PutBack(_destination.Span[.._taken]);
        _taken = 0;
    }
}
