namespace Tame.IO;

/// <summary>An open file of a <see cref="MemoryFileSystem"/>.</summary>
internal sealed class MemoryFile(MemoryFileSystem files, string path, FileAccess access, MemoryBytes bytes) : RandomAccessFile(path, access)
{
    protected internal override bool TryReadCore(Span<byte> buffer, long offset, out int count)
    {
        count = bytes.Read(buffer, offset);
        return true;
    }

    protected override void ReadCore(Memory<byte> buffer, long offset, Event<int> read) => read.Trigger(bytes.Read(buffer.Span, offset));

    protected override void WriteCore(ReadOnlyMemory<byte> buffer, long offset, Event written) => Change(written, () => bytes.Write(buffer.Span, offset, files.Now));

    protected override void AppendCore(ReadOnlyMemory<byte> buffer, Event appended) => Change(appended, () => bytes.Write(buffer.Span, bytes.Length, files.Now));

    protected override void FlushCore(Event flushed) => files.Answer(flushed, () => { });

    protected override void GetLengthCore(Event<long> length) => files.Answer(length, () => bytes.Length);

    protected override void SetLengthCore(long length, Event done) => Change(done, () => bytes.SetLength(length, files.Now));

    protected override void CloseCore()
    {
    }

    private void Change(Event e, Action change) => files.Answer(
        e,
        () =>
        {
            change();
            files.Tell(FileChangeKind.Changed, Path);
        });
}
