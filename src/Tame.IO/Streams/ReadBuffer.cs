namespace Tame.IO;

/// <summary>Received bytes that are not consumed yet, in one pooled array. It holds the array only while it has bytes or the array is lent.</summary>
internal struct ReadBuffer()
{
    private const int FirstSize = ReadArrays.Size;
    private const int MostSize = 65536;
    private byte[]? _bytes;
    private int _start;
    private int _end;

    /// <summary>The size of the next array: it follows the number of bytes received at a time.</summary>
    private int _size = FirstSize;

    public readonly int Count => _end - _start;

    /// <summary>The amount of memory it holds.</summary>
    public readonly int Capacity => _bytes?.Length ?? 0;

    public readonly ReadOnlySpan<byte> Span => new(_bytes, _start, Count);

    public readonly ReadOnlyMemory<byte> Memory => new(_bytes, _start, Count);

    /// <summary>The first bytes, which stay where they are until the buffer is filled or trimmed.</summary>
    public readonly ReadOnlyMemory<byte> Slice(int count) => new(_bytes, _start, count);

    public void Consume(int count) => _start += count;

    /// <summary>The space for the next bytes: at least one.</summary>
    public Span<byte> Free()
    {
        if (_bytes is null)
            _bytes = ReadArrays.Rent(_size);
        else if (_start == _end)
            _start = _end = 0;
        else if (_bytes.Length - _end < _bytes.Length / 4)
            MakeRoom(Count > _bytes.Length / 2 ? 2 * _bytes.Length : _bytes.Length);
        return _bytes.AsSpan(_end);
    }

    /// <summary>The given number of bytes was received into <see cref="Free"/>, of the given maximum.</summary>
    public void Add(int count, int free)
    {
        _end += count;
        if (count == free)
            _size = Math.Min(2 * _size, MostSize);
        else if (count < FirstSize)
            _size = FirstSize;
    }

    /// <summary>Puts back bytes that were taken before, in front of the buffered bytes.</summary>
    public void PutBack(ReadOnlySpan<byte> bytes)
    {
        int count = Count;
        var larger = ReadArrays.Rent(Math.Max(_size, bytes.Length + count));
        bytes.CopyTo(larger);
        Span.CopyTo(larger.AsSpan(bytes.Length));
        Replace(larger, bytes.Length + count);
    }

    /// <summary>Returns the array if it holds nothing.</summary>
    public void Trim()
    {
        if (_start == _end)
            Replace(null, 0);
    }

    /// <summary>Drops the buffered bytes.</summary>
    public void Clear() => Replace(null, 0);

    private void MakeRoom(int size)
    {
        int count = Count;
        if (size == _bytes!.Length)
        {
            Span.CopyTo(_bytes);
            (_start, _end) = (0, count);
            return;
        }
        var larger = ReadArrays.Rent(size);
        Span.CopyTo(larger);
        Replace(larger, count);
    }

    private void Replace(byte[]? bytes, int count)
    {
        if (_bytes is not null)
            ReadArrays.Return(_bytes);
        (_bytes, _start, _end) = (bytes, 0, count);
    }
}
