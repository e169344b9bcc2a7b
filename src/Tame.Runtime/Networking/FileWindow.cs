using System.Buffers;
using static Tame.Primitives;

namespace Tame;

/// <summary>The part of a file that a connection sends in chunks, for files without a system handle.</summary>
internal sealed partial class FileWindow(RandomAccessFile file, long offset, long count)
{
    private const int ChunkSize = 64 * 1024;
    private readonly byte[] _chunk = ArrayPool<byte>.Shared.Rent((int)Math.Min(count, ChunkSize));
    private long _offset = offset;
    private long _left = count;
    private int _first, _end;
    private bool _isReading;

    /// <summary>True if everything was sent.</summary>
    public bool IsSent => _left == 0;

    /// <summary>True if the next bytes must be read and are not in memory.</summary>
    public bool NeedsRead { get; private set; }

    /// <summary>Bytes to send, at least one after <see cref="TryFill"/>.</summary>
    public ReadOnlySpan<byte> Bytes => _chunk.AsSpan(_first, _end - _first);

    private Memory<byte> Space => _chunk.AsMemory(0, (int)Math.Min(_left, _chunk.Length));

    /// <summary>Makes bytes available for sending. Returns false if the caller must wait for them.</summary>
    /// <exception cref="EndOfStreamException">The file ends before the part.</exception>
    public bool TryFill()
    {
        if (_first != _end)
            return true;
        NeedsRead = !file.TryReadCore(Space.Span, _offset, out int read);
        if (NeedsRead)
            return false;
        Filled(read);
        return true;
    }

    /// <summary>Records how many bytes were sent.</summary>
    public void Advance(int sent)
    {
        _first += sent;
        _offset += sent;
        _left -= sent;
    }

    /// <summary>Reads the next bytes, and notifies the operation when they are available.</summary>
    public void Read(Operation operation)
    {
        _isReading = true;
        Fetch(operation, Event.Ignored);
    }

    [Tamed] private partial void Fetch(Operation operation, Event fetched);

    private void FetchBody(Operation operation, Event fetched)
    {
        int read = 0;
        Exception? failure = null;
        try
        {
            twait(e => file.Read(Space, _offset, e), out read);
        }
        catch (Exception error)
        {
            failure = error;
        }
        file.Loop.TryPost(new PostedAction(() => Arrived(read, failure, operation)));   // posted, because the operation may be about to wait
        fetched.Trigger();
    }

    /// <summary>The send has ended. A chunk that is being read into is left to the collector.</summary>
    public void Release()
    {
        if (!_isReading)
            ArrayPool<byte>.Shared.Return(_chunk);
        NeedsRead = false;
    }

    private void Arrived(int read, Exception? error, Operation operation)
    {
        if (!NeedsRead)
            return;     // the send has ended, and the operation may already be used by another send
        NeedsRead = _isReading = false;
        try
        {
            if (error is null)
                Filled(read);
        }
        catch (EndOfStreamException end)
        {
            error = end;
        }
        operation.Report(error);
    }

    private void Filled(int read)
    {
        if (read == 0)
            throw NetworkErrors.FileEnds(_offset, _left);
        (_first, _end) = (0, read);
    }
}
