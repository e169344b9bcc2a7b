namespace Tame.Http.Parsing;

/// <summary>The state of a body in chunks (RFC 9112, section 7.1). It takes bytes as they arrive, and refuses everything that the grammar does not allow.</summary>
internal struct ChunkReader
{
    private enum Step
    {
        Size,
        Data,
        DataEnd,
        Trailers,
        Done,
        Refused,
    }

    private Step _step;

    /// <summary>The number of bytes that remain of the chunk.</summary>
    private long _left;

    private int _trailerBytes;
    private int _trailerCount;

    public readonly bool IsDone => _step == Step.Done;

    /// <summary>Takes from the input, and copies data to the destination, until one of them is used up.</summary>
    /// <param name="input">The bytes that have arrived.</param>
    /// <param name="destination">The destination of the data.</param>
    /// <param name="limits">The largest length of a line.</param>
    /// <param name="taken">The number of input bytes that were consumed.</param>
    /// <param name="status">0, or the status with which to refuse the request.</param>
    /// <returns>The number of bytes that were copied.</returns>
    public int Read(ReadOnlySpan<byte> input, Span<byte> destination, HttpServerOptions limits, out int taken, out int status)
    {
        taken = 0;
        status = 0;
        int copied = 0;
        while (_step is not (Step.Done or Step.Refused))
        {
            var rest = input[taken..];
            if (_step == Step.Data)
            {
                int count = (int)Math.Min(_left, Math.Min(rest.Length, destination.Length - copied));
                if (count == 0)
                    return copied;
                rest[..count].CopyTo(destination[copied..]);
                copied += count;
                taken += count;
                _left -= count;
                if (_left == 0)
                    _step = Step.DataEnd;
                continue;
            }
            int line = _step == Step.DataEnd ? TakeDataEnd(rest) : TakeLine(rest, limits);
            if (line == 0)
                return copied;
            if (line < 0)
            {
                _step = Step.Refused;
                status = -line;
                return copied;
            }
            taken += line;
        }
        return copied;
    }

    /// <summary>The length of the line end; 0 if bytes are missing; a negative status.</summary>
    private int TakeDataEnd(ReadOnlySpan<byte> input)
    {
        if (input.IsEmpty)
            return 0;
        if (input[0] != '\r' || (input.Length > 1 && input[1] != '\n'))
            return -400;
        if (input.Length == 1)
            return 0;
        _step = Step.Size;
        return 2;
    }

    /// <summary>Takes a line with a size, or one of the trailers. Returns its length; 0 if bytes are missing; a negative status.</summary>
    private int TakeLine(ReadOnlySpan<byte> input, HttpServerOptions limits)
    {
        int limit = _step == Step.Size ? 16 + limits.MaxChunkExtensionBytes + 2 : limits.MaxHeadBytes - _trailerBytes;
        int length = input.IndexOf((byte)'\n');
        if ((length < 0 ? input.Length : length + 1) > limit)
            return _step == Step.Size ? -400 : -431;
        if (length < 0)
            return 0;
        if (length == 0 || input[length - 1] != '\r')
            return -400;
        int status = _step == Step.Size ? TakeSize(input[..(length - 1)]) : TakeTrailer(input[..(length - 1)], limits);
        return status == 0 ? length + 1 : -status;
    }

    private int TakeSize(ReadOnlySpan<byte> line)
    {
        int digits = 0;
        long size = 0;
        for (; digits < line.Length && char.IsAsciiHexDigit((char)line[digits]); digits++)
        {
            if (size > long.MaxValue >> 4)
                return 400;
            size = (size << 4) | (uint)HexValue(line[digits]);
        }
        if (digits == 0 || !ChunkExtensions.AreValid(line[digits..]))
            return 400;
        _left = size;
        _step = size == 0 ? Step.Trailers : Step.Data;
        return 0;
    }

    private static int HexValue(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;

    private int TakeTrailer(ReadOnlySpan<byte> line, HttpServerOptions limits)
    {
        if (line.IsEmpty)
        {
            _step = Step.Done;
            return 0;
        }
        _trailerBytes += line.Length + 2;
        if (++_trailerCount > limits.MaxFields)
            return 431;
        return FieldSyntax.TrySplit(line, 0, out _) ? 0 : 400;
    }
}
