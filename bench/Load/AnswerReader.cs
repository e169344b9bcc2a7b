using System.Buffers.Text;
using System.Text;

namespace Tame.Load;

/// <summary>Finds where an answer of HTTP/1.1 ends, in pieces as they come. Bodies are counted, not kept.</summary>
internal sealed class AnswerReader
{
    private enum Part
    {
        Head,
        Body,
        ChunkSize,
        ChunkData,
        ChunkEnd,
        Trailer,
        UntilClose,
    }

    private readonly byte[] _buffer = new byte[16 * 1024];
    private int _count;
    private Part _part;
    private long _left;
    private int _lineLength;
    private bool _inExtension;

    /// <summary>The status of the answer that has come, or is coming.</summary>
    public int Status { get; private set; }

    /// <summary>Whether the server closes the connection after this answer.</summary>
    public bool Closes { get; private set; }

    /// <summary>How many bytes of it there are so far, its head included.</summary>
    public long Bytes { get; private set; }

    /// <summary>Where the next bytes go.</summary>
    public Memory<byte> Free => _buffer.AsMemory(_count);

    /// <summary>Gets ready for the next answer.</summary>
    public void Reset()
    {
        _count = 0;
        _part = Part.Head;
        Bytes = 0;
        Closes = false;
    }

    /// <summary>Takes bytes that were put into <see cref="Free"/>; 0 where the connection has ended.</summary>
    /// <returns>Whether the answer is whole.</returns>
    /// <exception cref="InvalidDataException">This is no answer of HTTP/1.1, or more than one.</exception>
    /// <exception cref="EndOfStreamException">The connection ended before the answer did.</exception>
    public bool Take(int count)
    {
        if (count == 0)
            return _part == Part.UntilClose ? Closes = true : throw new EndOfStreamException("the connection ended before the answer");
        Bytes += count;
        if (_part != Part.Head)
            return TakeBody(_buffer.AsSpan(0, count));
        _count += count;
        while (true)
        {
            int end = _buffer.AsSpan(0, _count).IndexOf("\r\n\r\n"u8);
            if (end < 0)
                return _count < _buffer.Length ? false : throw new InvalidDataException("the head is over 16 KB");
            ReadHead(_buffer.AsSpan(0, end + 2));
            var rest = _buffer.AsSpan(end + 4, _count - end - 4);
            if (Status is < 100 or >= 200)
            {
                _count = 0;
                return TakeBody(rest);
            }
            rest.CopyTo(_buffer);       // after an interim answer comes the final one
            _count = rest.Length;
            _part = Part.Head;
        }
    }

    private void ReadHead(ReadOnlySpan<byte> head)
    {
        if (!head.StartsWith("HTTP/1."u8) || head.Length < 12 || !Utf8Parser.TryParse(head[9..12], out int status, out int digits) || digits != 3)
            throw new InvalidDataException("no answer of HTTP/1.1");
        Status = status;
        Closes = head[7] == (byte)'0';
        (_part, _left) = (Part.UntilClose, 0);
        for (var lines = head[(head.IndexOf((byte)'\n') + 1)..]; !lines.IsEmpty; lines = lines[(lines.IndexOf((byte)'\n') + 1)..])
            ReadField(lines[..lines.IndexOf((byte)'\r')]);
        if (status is < 200 or 204 or 304)
            (_part, _left) = (Part.Body, 0);
    }

    private void ReadField(ReadOnlySpan<byte> field)
    {
        if (field.IsEmpty || (field[0] | 0x20) is not ('c' or 't'))
            return;
        if (Value(field, "Content-Length:"u8) is { IsEmpty: false } length)
        {
            if (!Utf8Parser.TryParse(length, out long bytes, out int digits) || digits != length.Length || bytes < 0)
                throw new InvalidDataException($"Content-Length is no number: {Encoding.Latin1.GetString(length)}");
            if (_part == Part.UntilClose)
                (_part, _left) = (Part.Body, bytes);
        }
        else if (Ascii.EqualsIgnoreCase(Value(field, "Transfer-Encoding:"u8), "chunked"u8))
        {
            (_part, _lineLength, _left, _inExtension) = (Part.ChunkSize, 0, 0, false);
        }
        else if (Ascii.EqualsIgnoreCase(Value(field, "Connection:"u8), "close"u8))
        {
            Closes = true;
        }
    }

    private static ReadOnlySpan<byte> Value(ReadOnlySpan<byte> field, ReadOnlySpan<byte> name) =>
        field.Length > name.Length && Ascii.EqualsIgnoreCase(field[..name.Length], name) ? field[name.Length..].Trim(" \t"u8) : default;

    private bool TakeBody(ReadOnlySpan<byte> bytes)
    {
        if (_part == Part.UntilClose)
            return false;
        if (_part != Part.Body)
            return TakeChunks(bytes);
        _left -= bytes.Length;
        return _left switch
        {
            0 => true,
            > 0 => false,
            _ => throw new InvalidDataException("bytes came behind the answer"),
        };
    }

    private bool TakeChunks(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (_part == Part.ChunkData)
            {
                int taken = (int)Math.Min(_left, bytes.Length);
                _left -= taken;
                bytes = bytes[taken..];
                if (_left == 0)
                    (_part, _lineLength) = (Part.ChunkEnd, 0);
                continue;
            }
            byte next = bytes[0];
            bytes = bytes[1..];
            if (next == '\n' && EndLine())
                return bytes.IsEmpty ? true : throw new InvalidDataException("bytes came behind the answer");
            if (next is not ((byte)'\n' or (byte)'\r'))
                TakeOfLine(next);
        }
        return false;
    }

    /// <summary>Ends a line among chunks.</summary>
    /// <returns>Whether the body has ended with it.</returns>
    private bool EndLine()
    {
        (bool isEmpty, _lineLength) = (_lineLength == 0, 0);
        switch (_part)
        {
            case Part.ChunkSize when isEmpty:
                throw new InvalidDataException("a chunk has no size");
            case Part.ChunkSize:
                _part = _left == 0 ? Part.Trailer : Part.ChunkData;
                return false;
            case Part.ChunkEnd:
                (_part, _left, _inExtension) = (Part.ChunkSize, 0, false);
                return false;
            default:
                return isEmpty;
        }
    }

    private void TakeOfLine(byte next)
    {
        _lineLength++;
        if (_part == Part.ChunkEnd)
            throw new InvalidDataException("a chunk is longer than its size");
        if (_part != Part.ChunkSize || (_inExtension |= next is (byte)';' or (byte)' '))
            return;
        if (!char.IsAsciiHexDigit((char)next) || _left > long.MaxValue >> 4)
            throw new InvalidDataException("the size of a chunk is no hexadecimal number");
        _left = (_left << 4) + (next <= '9' ? next - '0' : (next | 0x20) - 'a' + 10);
    }
}
