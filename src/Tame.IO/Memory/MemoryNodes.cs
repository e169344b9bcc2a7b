namespace Tame.IO;

/// <summary>A file or a directory in memory, without its name.</summary>
internal abstract class MemoryNode(DateTimeOffset now)
{
    public DateTimeOffset LastWriteTime { get; set; } = now;

    public abstract FileEntry Entry(string path);
}

/// <summary>A directory in memory.</summary>
internal sealed class MemoryDirectory(DateTimeOffset now) : MemoryNode(now)
{
    public SortedDictionary<string, MemoryNode> Nodes { get; } = new(StringComparer.Ordinal);

    public override FileEntry Entry(string path) => new(path, IsDirectory: true, 0, LastWriteTime);
}

/// <summary>The bytes of a file in memory.</summary>
internal sealed class MemoryBytes(DateTimeOffset now) : MemoryNode(now)
{
    private const int Smallest = 256;
    private byte[] _bytes = [];
    private int _length;

    public long Length => _length;

    public override FileEntry Entry(string path) => new(path, IsDirectory: false, Length, LastWriteTime);

    public int Read(Span<byte> buffer, long offset)
    {
        if (offset >= _length)
            return 0;
        int count = Math.Min(buffer.Length, _length - (int)offset);
        _bytes.AsSpan((int)offset, count).CopyTo(buffer);
        return count;
    }

    /// <exception cref="IOException">The file is too large for memory.</exception>
    public void Write(ReadOnlySpan<byte> buffer, long offset, DateTimeOffset now)
    {
        if (offset + buffer.Length > _length)
            SetLength(offset + buffer.Length, now);
        buffer.CopyTo(_bytes.AsSpan((int)offset));
        LastWriteTime = now;
    }

    /// <inheritdoc cref="Write(ReadOnlySpan{byte}, long, DateTimeOffset)"/>
    public void SetLength(long length, DateTimeOffset now)
    {
        if (length > Array.MaxLength)
            throw new IOException($"A file in memory has at most {Array.MaxLength} bytes, and {length} were requested.");
        if (length > _bytes.Length)
            Array.Resize(ref _bytes, (int)Math.Min(Array.MaxLength, Math.Max(Math.Max(length, Smallest), 2L * _bytes.Length)));
        if (length < _length)
            _bytes.AsSpan((int)length, _length - (int)length).Clear();
        _length = (int)length;
        LastWriteTime = now;
    }
}
