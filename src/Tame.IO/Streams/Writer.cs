using System.Buffers;
using System.ComponentModel;
using System.Net.Sockets;
using System.Text;
using Tame.CompilerServices;

namespace Tame.IO;

/// <summary>Collects bytes and text, and sends them to a connection when it is flushed, in as few sends as possible. It holds memory only while it holds bytes.</summary>
/// <remarks>
/// <para>Writing never waits and never sends. <see cref="Flush"/> sends everything that was written. If you write a lot before you flush, check <see cref="IsFull"/>: otherwise a peer that reads slowly would fill
/// your memory.</para>
/// <para>If something else completes the event of a flush first, such as a time limit or a cancellation, the flush stops sending. Unsent bytes stay in the writer, and the next flush sends them: nothing is lost or sent twice.</para>
/// <para>All members are for the loop's thread. The writer does not own the connection. Send only through the writer: it may hold earlier bytes.</para>
/// </remarks>
public sealed class Writer : IBufferWriter<byte>, IDisposable
{
    /// <summary>The default limit of a writer, in bytes.</summary>
    public const int DefaultLimit = 65536;

    private const int FirstSize = 4096;
    private const int MostSize = 65536;
    private const int MostCharsAtOnce = 4096;
    private readonly FlushOperation _operation;
    private readonly int _limit;
    private byte[] _newLine = [(byte)'\n'];

    /// <summary>The events that wait for the end of the flush in progress.</summary>
    private List<Event>? _ends;
    private WriterSegment? _first;
    private WriterSegment? _last;
    private bool _isDisposed;

    /// <summary>The number of bytes of the first segment that were sent.</summary>
    private int _sentOfFirst;

    /// <summary>Creates a writer that has nothing to send.</summary>
    /// <param name="connection">The connection to send to.</param>
    /// <param name="limit">The number of unsent bytes at which <see cref="IsFull"/> becomes true.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not positive.</exception>
    public Writer(Connection connection, int limit = DefaultLimit)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        Connection = connection;
        _limit = limit;
        _operation = new FlushOperation(this, connection);
    }

    /// <summary>The connection that the writer sends to.</summary>
    public Connection Connection { get; }

    /// <summary>The number of bytes that were written and not sent yet.</summary>
    public long Unsent { get; private set; }

    /// <summary>The number of unsent bytes has reached the limit: flush, and wait for it, before you write more. Writing still works.</summary>
    public bool IsFull => Unsent >= _limit;

    /// <summary>A flush is in progress.</summary>
    public bool IsFlushing => _operation.IsUnderWay;

    /// <summary>The text that ends a line: LF by default, on every system. Many Internet protocols need CRLF.</summary>
    public string NewLine
    {
        get => Encoding.UTF8.GetString(_newLine);
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            _newLine = Encoding.UTF8.GetBytes(value);
        }
    }

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0) => Tail(sizeHint).Free;

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0) => Tail(sizeHint).Free.Span;

    /// <inheritdoc/>
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _last is null ? 0 : _last.Size - _last.Count);
        if (_last is null)
            return;
        _last.Count += count;
        Unsent += count;
    }

    /// <summary>Writes bytes.</summary>
    /// <param name="bytes">They are copied.</param>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var free = GetSpan(1);
            int count = Math.Min(free.Length, bytes.Length);
            bytes[..count].CopyTo(free);
            Advance(count);
            bytes = bytes[count..];
        }
    }

    /// <summary>Writes text as UTF-8.</summary>
    /// <param name="text">The text. A surrogate without its other half becomes U+FFFD.</param>
    public void Write(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            int count = Math.Min(text.Length, MostCharsAtOnce);
            if (count < text.Length && char.IsHighSurrogate(text[count - 1]))
                count--;
            Advance(Encoding.UTF8.GetBytes(text[..count], GetSpan(Encoding.UTF8.GetMaxByteCount(count))));
            text = text[count..];
        }
    }

    /// <summary>Writes text as UTF-8, and ends the line.</summary>
    /// <param name="text"><inheritdoc cref="Write(ReadOnlySpan{char})" path="/param[@name='text']"/></param>
    public void WriteLine(ReadOnlySpan<char> text)
    {
        Write(text);
        Write(_newLine);
    }

    /// <summary>Ends a line.</summary>
    public void WriteLine() => Write(_newLine);

    /// <summary>Sends everything that was written. Data written during the flush is sent with it.</summary>
    /// <param name="flushed">Triggered when the last byte was passed to the system, which does not mean that the peer has it.</param>
    /// <exception cref="InvalidOperationException">A send is in progress, sending was closed, or this is not the loop's thread.</exception>
    /// <exception cref="ArgumentException">The event belongs to another loop.</exception>
    [KeepsEvent]
    public void Flush(Event flushed) => Start(flushed);

    /// <inheritdoc cref="Flush"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void FlushKept(KeptEvent flushed) => Start(Connection.HandleOf(flushed));

    /// <summary>Waits for the flush in progress, for code that flushes with <see cref="Event.Ignored"/> and closes the connection at the end.</summary>
    /// <param name="ended">Triggered when the flush ends, or at once if none is in progress. <see cref="Unsent"/> is zero then, unless the flush failed or its event completed early.</param>
    /// <exception cref="InvalidOperationException">This is not the loop's thread.</exception>
    /// <exception cref="ArgumentException">The event belongs to another loop.</exception>
    public void WhenFlushed(Event ended)
    {
        if (!Operation.Admits(ended, Connection.Loop))
            return;
        if (!IsFlushing)
        {
            ended.Trigger();
            return;
        }
        _ends ??= [];
        if (_ends.Count == _ends.Capacity)
            _ends.RemoveAll(static end => !end.IsPending);
        _ends.Add(ended);
    }

    /// <summary>Drops unsent bytes, and returns the memory to the pool. A flush in progress fails. The connection stays open.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        if (_operation.IsUnderWay)
            _operation.Fail(StreamErrors.Closed(this));
        while (_first is not null)
            DropFirst();
        Unsent = 0;
    }

    /// <summary>A flush has ended.</summary>
    internal void TellEnd()
    {
        if (_ends is not { Count: > 0 } ends)
            return;
        _ends = null;       // what is triggered may flush again
        foreach (var ended in ends)
            ended.Trigger();
    }

    /// <summary>Sends as much as the system takes without blocking, and returns whether that was all.</summary>
    internal SocketError SendMore(out bool isAll)
    {
        var error = SocketError.Success;
        if (Unsent != 0)
        {
            long sent = ReferenceEquals(_first, _last)
                ? Connection.Send(_first!.Written(_sentOfFirst), out error)
                : Connection.Send(new ReadOnlySequence<byte>(_first!, _sentOfFirst, _last!, _last!.Count), out error);
            Unsent -= sent;
            Drop(sent);
        }
        isAll = Unsent == 0;
        if (isAll && _first is not null)
            DropFirst();
        return error;
    }

    private void Start(LoopHandle flushed)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (Connection.TryTakeSend(_operation, flushed))
            _operation.Start(flushed);
    }

    private void Drop(long sent)
    {
        while (!ReferenceEquals(_first, _last) && sent >= _first!.Count - _sentOfFirst)
        {
            sent -= _first.Count - _sentOfFirst;
            DropFirst();
        }
        _sentOfFirst += (int)sent;
    }

    private void DropFirst()
    {
        var first = _first!;
        _first = first.NextSegment;
        if (_first is null)
            _last = null;
        _sentOfFirst = 0;
        first.Return();
    }

    private WriterSegment Tail(int sizeHint)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        ArgumentOutOfRangeException.ThrowIfNegative(sizeHint);
        if (_last is null)
            return _first = _last = WriterSegment.Rent(Math.Max(FirstSize, sizeHint), 0);
        if (_last.Size - _last.Count >= Math.Max(1, sizeHint))
            return _last;
        return _last = _last.Continue(Math.Max(Math.Min(2 * _last.Size, MostSize), sizeHint));
    }
}
