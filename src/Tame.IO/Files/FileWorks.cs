using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace Tame.IO;

/// <summary>A call on the pool with bytes. They go through a buffer that the pool and the loop use in turns, because only the loop's thread may touch the caller's buffer.</summary>
internal abstract class ChunkWork(SystemFile file, int length) : SystemFile.FileWork(file)
{
    private const int LargestChunk = 1 << 20;
    private readonly byte[] _chunk = ArrayPool<byte>.Shared.Rent(Math.Min(length, LargestChunk));

    /// <summary>The number of bytes that have been read or written.</summary>
    protected int Done { get; set; }

    /// <summary>The bytes of this turn.</summary>
    protected Span<byte> Chunk => _chunk.AsSpan(0, Math.Min(length - Done, Math.Min(_chunk.Length, LargestChunk)));

    protected override void Over()
    {
        ArrayPool<byte>.Shared.Return(_chunk);
        base.Over();
    }
}

/// <summary>A read.</summary>
internal sealed class ReadWork(SystemFile file, Memory<byte> buffer, long offset) : ChunkWork(file, buffer.Length)
{
    private int _count;

    public void Read(Event<int> read) => Begin(read.Unblocker);

    protected override void RunOnPool()
    {
        var chunk = Chunk;
        _count = 0;
        while (_count < chunk.Length)
        {
            int more = RandomAccess.Read(Handle, chunk[_count..], offset + Done + _count);
            if (more == 0)
                break;
            _count += more;
        }
    }

    protected override bool Continue()
    {
        var chunk = Chunk;
        chunk[.._count].CopyTo(buffer.Span[Done..]);
        Done += _count;
        if (_count < chunk.Length || Done == buffer.Length)
            return true;
        Queue();
        return false;
    }

    protected override void Succeed(Event e) => e.Typed<int>().Trigger(Done);
}

/// <summary>A write at a position.</summary>
internal sealed class WriteWork(SystemFile file, ReadOnlyMemory<byte> buffer, long offset) : ChunkWork(file, buffer.Length)
{
    public void Write(Event written)
    {
        buffer.Span[..Chunk.Length].CopyTo(Chunk);
        Begin(written);
    }

    protected override void RunOnPool() => RandomAccess.Write(Handle, Chunk, offset + Done);

    protected override bool Continue()
    {
        Done += Chunk.Length;
        if (Done == buffer.Length)
            return true;
        buffer.Span.Slice(Done, Chunk.Length).CopyTo(Chunk);
        Queue();
        return false;
    }

    protected override void Succeed(Event e) => e.Trigger();
}

/// <summary>A write at the end. The appends of a file begin one after the other.</summary>
internal sealed class AppendWork(SystemFile file, ReadOnlyMemory<byte> buffer) : ChunkWork(file, buffer.Length)
{
    public void Enter(Event appended)
    {
        buffer.Span[..Chunk.Length].CopyTo(Chunk);
        Wait(appended);
    }

    /// <summary>Begins the append. If its event has completed before it runs on the pool, it writes nothing.</summary>
    public void Begin() => Queue();

    protected override void RunOnPool()
    {
        ReadOnlySpan<byte> left = Chunk;
        while (!left.IsEmpty)
        {
            if (!TryAppend(left, out int count))
            {
                RandomAccess.Write(Handle, left, RandomAccess.GetLength(Handle));
                return;
            }
            left = left[count..];
        }
    }

    protected override bool Continue()
    {
        Done += Chunk.Length;
        if (Done == buffer.Length)
            return true;
        buffer.Span.Slice(Done, Chunk.Length).CopyTo(Chunk);
        Queue();
        return false;
    }

    protected override void Over()
    {
        BeginNextAppend();
        base.Over();
    }

    protected override void Succeed(Event e) => e.Trigger();
}

/// <summary>A call that needs only the handle.</summary>
internal sealed class CallWork(SystemFile file, Action<SafeFileHandle> call) : SystemFile.FileWork(file)
{
    public void Call(Event e) => Begin(e);

    protected override void RunOnPool() => call(Handle);

    protected override void Succeed(Event e) => e.Trigger();
}

/// <summary>A call that gets the length.</summary>
internal sealed class LengthWork(SystemFile file) : SystemFile.FileWork(file)
{
    private long _length;

    public void GetLength(Event<long> length) => Begin(length.Unblocker);

    protected override void RunOnPool() => _length = RandomAccess.GetLength(Handle);

    protected override void Succeed(Event e) => e.Typed<long>().Trigger(_length);
}
