using System.Runtime.CompilerServices;

namespace Tame.IO;

/// <summary>
/// Reads lines, blocks, or a given number of bytes from a connection. Received bytes that were not requested stay buffered. The reader holds memory only while it holds bytes: an idle connection needs
/// no buffer.
/// </summary>
/// <remarks>
/// <para>The members that begin with <c>Try</c> take only buffered bytes. They never wait, need no event, and allocate nothing. The others take an event, and receive more if necessary:</para>
/// <code>
/// while (true)
/// {
///     if (reader.TryReadLine(out var line))
///         Handle(line.Span);
///     else if (reader.IsEnded)
///         break;
///     else
///         twait(e => reader.Fill(e));
/// }
/// </code>
/// <para>If something else completes the event of a read first, such as a time limit or a cancellation, the read takes nothing: the received bytes stay buffered. At most one read is in progress at a time.</para>
/// <para>Memory that the reader returns is valid until you call the reader again. All members are for the loop's thread. The reader does not own the connection. Receive only through the reader: it may hold earlier
/// bytes.</para>
/// </remarks>
public sealed partial class Reader : IDisposable
{
    /// <summary>The default limit of a reader, in bytes.</summary>
    public const int DefaultLimit = 65536;

    private const byte LineFeed = (byte)'\n';
    private readonly ReadOperation _operation;
    private ReadBuffer _buffer = new();
    private int _limit;
    private bool _isDisposed;

    /// <summary>The number of buffered bytes that were searched for <see cref="_sought"/> and do not contain it.</summary>
    private int _searched;
    private byte _sought;

    /// <summary>Creates a reader with an empty buffer.</summary>
    /// <param name="connection">The connection to receive from.</param>
    /// <param name="limit">See <see cref="Limit"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not positive.</exception>
    public Reader(Connection connection, int limit = DefaultLimit)
    {
        ArgumentNullException.ThrowIfNull(connection);
        Connection = connection;
        Limit = limit;
        _operation = new ReadOperation(this, connection);
    }

    /// <summary>The connection that the reader receives from.</summary>
    public Connection Connection { get; }

    /// <summary>
    /// The largest length of a line or a block, in bytes, without its end. A longer one causes an <see cref="InvalidDataException"/>. Then nothing was taken: the bytes are still buffered, and every read that
    /// would take the line fails in the same way until you raise the limit or consume them. <see cref="DefaultLimit"/> by default.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not positive.</exception>
    public int Limit
    {
        get => _limit;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            _limit = value;
        }
    }

    /// <summary>The stream has ended: the buffered bytes are its last.</summary>
    public bool IsEnded { get; internal set; }

    /// <summary>The bytes that were received and not taken yet.</summary>
    public ReadOnlyMemory<byte> Buffered => _buffer.Memory;

    /// <summary>The amount of memory that the reader holds, in bytes. Zero while it waits with nothing buffered.</summary>
    internal int Held => _buffer.Capacity;

    /// <summary>Consumes buffered bytes from the beginning.</summary>
    /// <param name="count">The number of bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative, or greater than the number of buffered bytes.</exception>
    /// <exception cref="InvalidOperationException">A read is in progress.</exception>
    public void Consume(int count)
    {
        Enter();
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _buffer.Count);
        Take(count);
    }

    /// <summary>Takes a line that is buffered. A line ends with LF or CRLF, or at the end of the stream.</summary>
    /// <param name="line">The line without its end, valid until the next call.</param>
    /// <returns>False if no whole line is buffered. If <see cref="IsEnded"/> is true as well, no more lines come.</returns>
    /// <exception cref="InvalidDataException">The line is longer than <see cref="Limit"/>.</exception>
    /// <exception cref="InvalidOperationException">A read is in progress.</exception>
    public bool TryReadLine(out ReadOnlyMemory<byte> line)
    {
        Enter();
        return TryTakeLine(out line);
    }

    /// <summary>Takes the buffered bytes before a delimiter, and consumes the delimiter.</summary>
    /// <param name="delimiter">The byte that ends the block.</param>
    /// <param name="block">The bytes before it, valid until the next call.</param>
    /// <returns>False if the delimiter is not buffered.</returns>
    /// <exception cref="InvalidDataException">The block is longer than <see cref="Limit"/>.</exception>
    /// <exception cref="InvalidOperationException">A read is in progress.</exception>
    public bool TryReadUntil(byte delimiter, out ReadOnlyMemory<byte> block)
    {
        Enter();
        return TryTakeUntil(delimiter, out block);
    }

    /// <summary>Copies buffered bytes, at most as many as the destination holds.</summary>
    /// <param name="destination">The destination.</param>
    /// <param name="count">The number of bytes; zero is the end of the stream, or an empty destination.</param>
    /// <returns>False if no byte is buffered and the stream has not ended.</returns>
    /// <exception cref="InvalidOperationException">A read is in progress.</exception>
    public bool TryRead(Span<byte> destination, out int count)
    {
        Enter();
        count = TakeInto(destination);
        return count != 0 || IsEnded || destination.IsEmpty;
    }

    /// <summary>Returns the reader's memory to the pool. A read in progress fails. The connection stays open.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        if (_operation.IsUnderWay)
            _operation.Fail(StreamErrors.Closed(this));
        _buffer.Clear();
        _searched = 0;
    }

    internal bool TryTakeLine(out ReadOnlyMemory<byte> line)
    {
        int at = Find(LineFeed);
        if (at < 0)
            return TryTakeRest(out line);
        int length = at != 0 && _buffer.Span[at - 1] == '\r' ? at - 1 : at;
        if (length > _limit)
            throw StreamErrors.TooLong("line", _limit);
        line = _buffer.Slice(length);
        Take(at + 1);
        return true;
    }

    internal bool TryTakeUntil(byte delimiter, out ReadOnlyMemory<byte> block)
    {
        int at = Find(delimiter);
        if ((at < 0 ? _buffer.Count : at) > _limit)
            throw StreamErrors.TooLong("block", _limit);
        block = at < 0 ? default : _buffer.Slice(at);
        if (at >= 0)
            Take(at + 1);
        return at >= 0;
    }

    internal int TakeInto(Span<byte> destination)
    {
        int count = Math.Min(destination.Length, _buffer.Count);
        _buffer.Span[..count].CopyTo(destination);
        Take(count);
        return count;
    }

    /// <summary>No line end is buffered: the rest of an ended stream is a line, if it has any bytes. A CR that is the last byte may be half of a line end.</summary>
    private bool TryTakeRest(out ReadOnlyMemory<byte> line)
    {
        int count = _buffer.Count;
        line = default;
        if (count == 0)
            return false;
        if (count > _limit && (IsEnded || count - 1 > _limit || _buffer.Span[^1] != '\r'))
            throw StreamErrors.TooLong("line", _limit);
        if (!IsEnded)
            return false;
        line = _buffer.Slice(count);
        Take(count);
        return true;
    }

    private int Find(byte sought)
    {
        if (_sought != sought)
            (_sought, _searched) = (sought, 0);
        int at = _buffer.Span[_searched..].IndexOf(sought);
        if (at >= 0)
            return _searched + at;
        _searched = _buffer.Count;
        return -1;
    }

    private void Take(int count)
    {
        _buffer.Consume(count);
        _searched = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Enter()
    {
        if (_isDisposed || _operation.IsUnderWay)
            throw Refusal();
    }

    private InvalidOperationException Refusal() => _isDisposed ? StreamErrors.Closed(this) : NetworkErrors.UnderWay("read", "reader");
}
