using Microsoft.Win32.SafeHandles;

namespace Tame.IO;

/// <summary>An open file of the system.</summary>
internal sealed class SystemFile : RandomAccessFile
{
    private readonly SafeFileHandle _handle;

    /// <summary>The number of the handle, which only the loop's thread closes while the loop runs.</summary>
    private readonly int _descriptor;
    private readonly Queue<AppendWork> _appends = [];
    private readonly bool _isPortable;
    private bool _readsNow;

    /// <summary>Calls that are on the pool, or will be.</summary>
    private int _underWay;

    public SystemFile(string path, FileAccess access, SafeFileHandle handle, bool isPortable)
        : base(path, access)
    {
        _handle = handle;
        _descriptor = (int)handle.DangerousGetHandle();
        _isPortable = isPortable || !FileCalls.AreThere;
        _readsNow = !_isPortable;
        EventLoop.NoteDescriptors(1);
    }

    internal override SafeFileHandle Handle => _handle;

    /// <summary>A short read has reached the end of the file only if a further read gets nothing.</summary>
    protected internal override bool TryReadCore(Span<byte> buffer, long offset, out int count)
    {
        count = 0;
        ObjectDisposedException.ThrowIf(_handle.IsClosed, this);
        while (_readsNow)
        {
            int more = FileCalls.ReadNow(_descriptor, buffer[count..], offset + count);
            if (more < 0)
            {
                _readsNow = more != FileCalls.Refused;
                return false;
            }
            count += more;
            if (more == 0 || count == buffer.Length)
                return true;
        }
        return false;
    }

    protected override void ReadCore(Memory<byte> buffer, long offset, Event<int> read) => new ReadWork(this, buffer, offset).Read(read);

    protected override void WriteCore(ReadOnlyMemory<byte> buffer, long offset, Event written) => new WriteWork(this, buffer, offset).Write(written);

    protected override void AppendCore(ReadOnlyMemory<byte> buffer, Event appended)
    {
        var append = new AppendWork(this, buffer);
        append.Enter(appended);
        _appends.Enqueue(append);
        if (_appends.Count == 1)
            append.Begin();
    }

    protected override void FlushCore(Event flushed) => new CallWork(this, RandomAccess.FlushToDisk).Call(flushed);

    protected override void GetLengthCore(Event<long> length) => new LengthWork(this).GetLength(length);

    protected override void SetLengthCore(long length, Event done) => new CallWork(this, handle => RandomAccess.SetLength(handle, length)).Call(done);

    /// <summary>Calls on the pool keep the handle open. The last one closes it.</summary>
    protected override void CloseCore()
    {
        if (_underWay == 0 || Loop.IsEnded)
            CloseHandle();
    }

    private void CloseHandle()
    {
        if (!_handle.IsClosed)
            EventLoop.NoteDescriptors(-1);
        _handle.Dispose();
    }

    /// <summary>A call on the pool with this file.</summary>
    public abstract class FileWork(SystemFile file) : PoolWork(file.Loop)
    {
        protected SystemFile File => file;

        protected SafeFileHandle Handle => file._handle;

        /// <summary>Appends at the end in one step. False if the system cannot.</summary>
        protected bool TryAppend(ReadOnlySpan<byte> bytes, out int count)
        {
            count = file._isPortable ? FileCalls.Refused : FileCalls.Append(file._handle, bytes);
            return count > 0;
        }

        protected void Begin(Event e)
        {
            file._underWay++;
            Start(e);
        }

        protected void Wait(Event e)
        {
            file._underWay++;
            Prepare(e);
        }

        protected override void Over()
        {
            if (file.Loop.IsEnded)
            {
                if (file.IsClosed)
                    file.CloseHandle();
                return;
            }
            if (--file._underWay == 0 && file.IsClosed)
                file.CloseHandle();
        }

        /// <summary>The first append is over: the next one begins.</summary>
        protected void BeginNextAppend()
        {
            if (file.Loop.IsEnded)
                return;
            file._appends.Dequeue();
            if (file._appends.TryPeek(out var next))
                next.Begin();
        }
    }
}
