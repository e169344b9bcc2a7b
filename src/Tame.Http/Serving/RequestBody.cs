using System.Buffers;
using Tame.Http.Parsing;
using Tame.IO;

namespace Tame.Http.Serving;

/// <summary>The body of a connection's current request: how much of it has been read, and how much may still come.</summary>
internal sealed partial class RequestBody(Reader reader, HttpConnection connection, HttpServerOptions options)
{
    private static readonly byte[] s_continue = "HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray();
    private ChunkReader _chunks;
    private bool _isChunked;
    private bool _isReading;
    private bool _expectsContinue;
    private byte[]? _all;

    /// <summary>The number of bytes that remain of a body with a length.</summary>
    private long _left;

    private long _count;

    /// <summary>The read in progress. If its event completes early, receiving ends.</summary>
    private Event _wanted;
    private TimeSpan _waited;

    public long Limit { get; set; }

    public bool IsDone { get; private set; } = true;

    /// <summary>Whether reading has failed: the body is malformed, or its client is too slow or has left. The connection cannot continue.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Whether the client will send the rest of the body, and its known length is short enough to drop.</summary>
    public bool CanBeDropped => !IsBroken && (IsDone || (!_isReading && !_expectsContinue && (_isChunked || _left <= options.MaxDiscardedBytes)));

    public void Begin(in Framing framing, bool isHttp10)
    {
        _isChunked = framing.IsChunked;
        _left = framing.Length;
        _chunks = default;
        _count = 0;
        _waited = TimeSpan.Zero;
        _expectsContinue = framing.ExpectsContinue && !isHttp10;
        Limit = options.MaxBodyBytes;
        IsDone = !_isChunked && _left == 0;
        IsBroken = false;
    }

    /// <summary>Clears the state when the exchange ends.</summary>
    public void End()
    {
        if (_all is not null)
            ArrayPool<byte>.Shared.Return(_all);
        _all = null;
    }

    public void Read(Memory<byte> destination, Event<int> count)
    {
        Enter();
        if (IsDone || destination.IsEmpty)
        {
            count.Trigger(0);
            return;
        }
        if (CheckLength() is { } refusal)
        {
            count.Fail(refusal);
            return;
        }
        Exception? error = null;
        int taken = _isReading ? 0 : Take(destination.Span, out error);
        if (error is not null)
            count.Fail(error);
        else if (taken != 0 || IsDone)
            count.Trigger(taken);
        else
            ReadMore(destination, count);
    }

    [Tamed] private partial void ReadMore(Memory<byte> destination, Event<int> count);

    private void ReadMoreBody(Memory<byte> destination, Event<int> count)
    {
        int taken = 0;
        Exception? error = null;
        _wanted = count.Unblocker;
        while (_isReading)
            twait(e => asap(e));    // the event of the previous read completed early, so that read is about to end
        _isReading = true;
        try
        {
            if (count.IsPending && !reader.Buffered.IsEmpty)
                taken = Take(destination.Span, out error);
            while (taken == 0 && error is null && !IsDone && count.IsPending)
            {
                twait(e => Fill(e));
                if (count.IsPending)
                    taken = Take(destination.Span, out error);
            }
        }
        catch (Exception failure)
        {
            error = failure;
        }
        _isReading = false;
        if (_wanted == count.Unblocker)
            _wanted = default;
        IsBroken |= error is not null;
        if (error is null)
            count.Trigger(taken);
        else
            count.Fail(error);
    }

    [Tamed] public partial void ReadAll(int limit, Event<ReadOnlyMemory<byte>> body);

    private void ReadAllBody(int limit, Event<ReadOnlyMemory<byte>> body)
    {
        int length = 0;
        try
        {
            if (!_isChunked && _left > limit)
                throw Refuse(413, $"The body has {_left} bytes, but the handler reads at most {limit}.");
            while (!IsDone && body.IsPending)
            {
                Grow(length);
                var free = _all.AsMemory(length);
                EventRegistration stop;
                int count;
                using (twait())
                {
                    Event<int> read = mkevent(out count);
                    stop = body.AtTrigger(read.Unblocker);
                    Read(free, read);
                }
                stop.Dispose();
                length += count;
                if (length > limit)
                    throw Refuse(413, $"The body has more than {limit} bytes, which is the handler's limit.");
            }
            body.Trigger(_all.AsMemory(0, length));
        }
        catch (Exception error)
        {
            body.Fail(error);
        }
    }

    [Tamed] public partial void Discard(Event done);

    private void DiscardBody(Event done)
    {
        byte[] scratch = ArrayPool<byte>.Shared.Rent(4096);
        try
        {
            while (!IsDone && done.IsPending)
            {
                EventRegistration stop;
                using (twait())
                {
                    Event<int> read = mkevent(out int _);
                    stop = done.AtTrigger(read.Unblocker);
                    Read(scratch, read);
                }
                stop.Dispose();
            }
            done.Trigger();
        }
        catch (Exception error)
        {
            done.Fail(error);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(scratch);
        }
    }

    /// <summary>Receives more bytes until the client's time limit, or until the event of the read that needs them completes early. A client that waits for a 100 gets it first.</summary>
    [Tamed] private partial void Fill(Event filled);

    private void FillBody(Event filled)
    {
        if (_expectsContinue)
        {
            _expectsContinue = false;
            if (reader.Buffered.IsEmpty && !connection.HasAnswered)
                twait(e => connection.Connection.Send(s_continue, e.WithTimeout(options.SendTimeout)));
        }
        long start = connection.Time.GetTimestamp();
        int before = reader.Buffered.Length;
        var limit = TimeLeft();
        bool inTime;
        EventRegistration stop;
        using (twait())
        {
            Event received = mkevent();
            stop = _wanted.AtTrigger(received);
            reader.Fill(received.WithTimeout(limit, mkevent(out inTime)));
        }
        stop.Dispose();
        _waited += connection.Time.GetElapsedTime(start);
        if (!inTime)
            throw Refuse(408, $"The client is too slow: it has sent {_count} bytes of a body in {_waited}.");
        if (reader.IsEnded && reader.Buffered.Length == before)     // the buffer may hold the beginning of a chunk's line
            throw Refuse(400, $"The client closed the connection after {_count} bytes of a body that is not complete.");
        filled.Trigger();
    }

    private TimeSpan TimeLeft()
    {
        if (options.BodyGrace == Timeout.InfiniteTimeSpan)
            return options.BodyGrace;
        var left = options.BodyGrace + TimeSpan.FromSeconds((double)_count / options.MinBodyRate) - _waited;
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    /// <summary>Takes buffered bytes.</summary>
    private int Take(Span<byte> destination, out Exception? error)
    {
        error = null;
        int copied = _isChunked ? TakeChunks(destination, ref error) : TakeLength(destination);
        _count += copied;
        if (_count > Limit)
            error ??= Refuse(413, $"The body has more than {Limit} bytes.");
        if (error is not null)
            IsBroken = true;
        return copied;
    }

    private int TakeLength(Span<byte> destination)
    {
        var buffered = reader.Buffered.Span;
        int count = (int)Math.Min(_left, Math.Min(buffered.Length, destination.Length));
        buffered[..count].CopyTo(destination);
        reader.Consume(count);
        _left -= count;
        IsDone = _left == 0;
        return count;
    }

    private int TakeChunks(Span<byte> destination, ref Exception? error)
    {
        int count = _chunks.Read(reader.Buffered.Span, destination, options, out int taken, out int status);
        reader.Consume(taken);
        IsDone = _chunks.IsDone;
        if (status != 0)
            error = Refuse(status, "The body is not a sequence of chunks.");
        return count;
    }

    private BadRequestException? CheckLength() =>
        !_isChunked && _left > Limit - _count ? Refuse(413, $"The body has {_count + _left} bytes, and the limit is {Limit}.") : null;

    private BadRequestException Refuse(int status, string message)
    {
        IsBroken = true;
        return new BadRequestException(status, message);
    }

    /// <summary>Makes room for the next bytes. The buffer grows with the received bytes, not with the announced length: a client cannot make the server allocate by announcing.</summary>
    private void Grow(int length)
    {
        if (_all is not null && _all.Length > length)
            return;
        long most = Math.Max(2L * length, 4096);
        byte[] larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(_isChunked ? most : Math.Min(most, length + _left), Array.MaxLength));
        if (_all is not null)
        {
            _all.AsSpan(0, length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_all);
        }
        _all = larger;
    }

    private void Enter()
    {
        if (_wanted.IsPending)
            throw new InvalidOperationException("A read of this body is already in progress. Wait for it before you start another.");
        if (IsBroken)
            throw new InvalidOperationException("This body cannot be read: an earlier read has failed.");
    }
}
