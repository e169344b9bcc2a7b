using System.ComponentModel;
using Tame.CompilerServices;

namespace Tame.IO;

/// <summary>Reads that receive missing bytes.</summary>
public sealed partial class Reader
{
    /// <summary>Receives more bytes into the buffer.</summary>
    /// <param name="filled">Triggered when at least one more byte is buffered, or the stream has ended: see <see cref="IsEnded"/>.</param>
    /// <exception cref="InvalidOperationException">A read is in progress, or this is not the loop's thread.</exception>
    /// <exception cref="ArgumentException">The event belongs to another loop.</exception>
    /// <remarks>It fails with an <see cref="InvalidDataException"/> if more bytes than <see cref="Limit"/> are buffered: take some first.</remarks>
    [KeepsEvent]
    public void Fill(Event filled) => Start(ReadGoal.More, filled);

    /// <inheritdoc cref="Fill"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void FillKept(KeptEvent filled) => Start(ReadGoal.More, Connection.HandleOf(filled));

    /// <summary>Reads a line as UTF-8 text. It ends with LF or CRLF, or at the end of the stream.</summary>
    /// <param name="line">Gets the line without its end; null at the end of the stream. Invalid UTF-8 becomes U+FFFD.</param>
    /// <inheritdoc cref="ReadUntil" path="/exception"/>
    /// <remarks>It fails with an <see cref="InvalidDataException"/> if the line is longer than <see cref="Limit"/>. For lines as bytes, see <see cref="TryReadLine"/>.</remarks>
    [KeepsEvent]
    public void ReadLine(Event<string?> line) => Start(ReadGoal.Line, line.Unblocker);

    /// <inheritdoc cref="ReadLine"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void ReadLineKept(KeptEvent<string?> line) => Start(ReadGoal.Line, Connection.HandleOf(line.Unblocker));

    /// <summary>Reads up to a delimiter, and consumes the delimiter.</summary>
    /// <param name="delimiter">The byte that ends the block.</param>
    /// <param name="block">Gets the bytes before it, valid until the next call.</param>
    /// <exception cref="InvalidOperationException">A read is in progress, or this is not the loop's thread.</exception>
    /// <exception cref="ArgumentException">The event belongs to another loop.</exception>
    /// <remarks>It fails with an <see cref="EndOfStreamException"/> if the stream ends first, and with an <see cref="InvalidDataException"/> if the block is longer than <see cref="Limit"/>. In both
    /// cases the bytes stay buffered.</remarks>
    [KeepsEvent]
    public void ReadUntil(byte delimiter, Event<ReadOnlyMemory<byte>> block) => Start(ReadGoal.Until, block.Unblocker, delimiter: delimiter);

    /// <inheritdoc cref="ReadUntil"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void ReadUntilKept(byte delimiter, KeptEvent<ReadOnlyMemory<byte>> block) => Start(ReadGoal.Until, Connection.HandleOf(block.Unblocker), delimiter: delimiter);

    /// <summary>Reads bytes: at least one, at most as many as the destination holds.</summary>
    /// <param name="destination">The destination.</param>
    /// <param name="count">Gets the number of bytes; zero is the end of the stream, or an empty destination.</param>
    /// <inheritdoc cref="ReadUntil" path="/exception"/>
    [KeepsEvent]
    public void Read(Memory<byte> destination, Event<int> count) => Start(ReadGoal.Some, count.Unblocker, destination);

    /// <inheritdoc cref="Read"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void ReadKept(Memory<byte> destination, KeptEvent<int> count) => Start(ReadGoal.Some, Connection.HandleOf(count.Unblocker), destination);

    /// <summary>Reads as many bytes as the destination holds.</summary>
    /// <param name="destination">The destination.</param>
    /// <param name="done">Triggered when all bytes are there.</param>
    /// <inheritdoc cref="ReadUntil" path="/exception"/>
    /// <remarks>It fails with an <see cref="EndOfStreamException"/> if the stream ends first. Then nothing is taken. Nothing is taken either if something else completes the event first.</remarks>
    [KeepsEvent]
    public void ReadExactly(Memory<byte> destination, Event done) => Start(ReadGoal.Exactly, done, destination);

    /// <inheritdoc cref="ReadExactly"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void ReadExactlyKept(Memory<byte> destination, KeptEvent done) => Start(ReadGoal.Exactly, Connection.HandleOf(done), destination);

    /// <summary>Receives into the buffer. False if nothing is available yet.</summary>
    internal bool Receive(out int free, out int count, out System.Net.Sockets.SocketError error)
    {
        var span = _buffer.Free();
        free = span.Length;
        count = Connection.Receive(span, out error);
        if (count != 0)
            _buffer.Add(count, free);
        else
            _buffer.Trim();
        return error != System.Net.Sockets.SocketError.WouldBlock;
    }

    internal bool IsBufferEmpty => _buffer.Count == 0;

    internal bool IsOverLimit => _buffer.Count - 1 > _limit;

    /// <summary>A read did not complete: the bytes it took are buffered again.</summary>
    internal void PutBack(ReadOnlySpan<byte> bytes)
    {
        _buffer.PutBack(bytes);
        _searched = 0;
    }

    /// <summary>A wait begins: the reader holds no memory without bytes.</summary>
    internal void Trim() => _buffer.Trim();

    private void Start(ReadGoal goal, LoopHandle e, Memory<byte> destination = default, byte delimiter = 0)
    {
        Enter();
        if (Connection.TryTakeReceive(_operation, e))
            _operation.Start(goal, e, destination, delimiter);
    }
}
