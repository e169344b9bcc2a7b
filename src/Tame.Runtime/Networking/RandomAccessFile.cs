using System.Runtime.CompilerServices;
using Microsoft.Win32.SafeHandles;

namespace Tame;

/// <summary>
/// An open file of a <see cref="FileSystem"/>, read and written at positions that the caller passes. It belongs to the loop on which it was opened.
/// </summary>
/// <remarks>
/// <para>Any number of operations can be in progress. Appends run in order; all others run in any order, so wait for an operation before you start another that
/// depends on it. Call its members only on the loop's thread, except for <see cref="Dispose()"/>. If the system refuses an operation, its event fails.
/// Incorrect use throws.</para>
/// <para>If something else completes the event of a read first, such as a time limit or a cancellation, the read does not touch its buffer afterward. A write
/// whose event completes this way may have written a part.</para>
/// <para>To write your own file, override the members whose names end in <c>Core</c>. They are called with valid arguments and a pending event of the
/// loop.</para>
/// </remarks>
public abstract class RandomAccessFile : IDisposable
{
    /// <summary>
    /// After this many reads in a row without a wait, one completes through the ready queue, so that a call that reads repeatedly does not starve the others.
    /// </summary>
    private const int Patience = 64;

    private int _left = Patience;
    private LateRead? _lateRead;

    /// <summary>Creates a file that belongs to this thread's loop.</summary>
    /// <param name="path">The path.</param>
    /// <param name="access">The access that it was opened with.</param>
    /// <exception cref="InvalidOperationException">This thread has no loop.</exception>
    protected RandomAccessFile(string path, FileAccess access)
    {
        Path = path;
        Access = access;
        Loop = EventLoop.Current ?? throw Errors.NoLoop();
    }

    /// <summary>The path that it was opened with.</summary>
    public string Path { get; }

    /// <summary>The access that it was opened with.</summary>
    public FileAccess Access { get; }

    /// <summary>True if the file was closed through this object.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>The loop that the file belongs to.</summary>
    internal EventLoop Loop { get; }

    /// <summary>The system's handle, or null if the file is not one of the system.</summary>
    internal virtual SafeFileHandle? Handle => null;

    /// <summary>Reads bytes that are in memory, and never waits.</summary>
    /// <param name="buffer">The destination. It may be written even if false is returned.</param>
    /// <param name="offset">Their position, in bytes from the start of the file.</param>
    /// <param name="count">The number of bytes: fewer than the buffer holds only at the end of the file.</param>
    /// <returns>False if a read would have to wait or would fail. Then call <see cref="Read"/>.</returns>
    /// <exception cref="InvalidOperationException">This thread is not the loop's.</exception>
    /// <exception cref="NotSupportedException">The file was not opened for reading.</exception>
    /// <exception cref="ObjectDisposedException">The file is closed.</exception>
    public bool TryRead(Span<byte> buffer, long offset, out int count)
    {
        Enter(FileAccess.Read);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ObjectDisposedException.ThrowIf(IsClosed, this);
        return TryReadCore(buffer, offset, out count);
    }

    /// <summary>Reads bytes. Bytes in memory are read at once. The loop does not wait for the others.</summary>
    /// <param name="buffer">The destination.</param>
    /// <param name="offset">Their position, in bytes from the start of the file.</param>
    /// <param name="read">Gets the number of bytes: fewer than the buffer holds only at the end of the file, and zero after it.</param>
    /// <exception cref="InvalidOperationException">This thread is not the loop's.</exception>
    /// <exception cref="ArgumentException">The event belongs to another loop.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The offset is negative.</exception>
    /// <exception cref="NotSupportedException">The file was not opened for reading.</exception>
    public void Read(Memory<byte> buffer, long offset, Event<int> read)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        if (!Begin(read.Unblocker, FileAccess.Read))
            return;
        if (!TryReadCore(buffer.Span, offset, out int count))
            ReadCore(buffer, offset, read);
        else if (--_left >= 0)
            read.Trigger(count);
        else
            TriggerLate(read, count);
    }

    /// <summary>Writes all bytes. The file grows if necessary.</summary>
    /// <param name="buffer">The bytes. They must not change until the event completes.</param>
    /// <param name="offset">Their position, in bytes from the start of the file.</param>
    /// <param name="written">Triggered when the system has them. For the disk, see <see cref="Flush"/>.</param>
    /// <exception cref="InvalidOperationException">This thread is not the loop's.</exception>
    /// <exception cref="ArgumentException">The event belongs to another loop.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The offset is negative.</exception>
    /// <exception cref="NotSupportedException">The file was not opened for writing.</exception>
    public void Write(ReadOnlyMemory<byte> buffer, long offset, Event written)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        if (!Begin(written, FileAccess.Write))
            return;
        if (buffer.IsEmpty)
            written.Trigger();
        else
            WriteCore(buffer, offset, written);
    }

    /// <summary>Writes all bytes at the end of the file, after those of earlier appends.</summary>
    /// <param name="buffer">The bytes. They must not change until the event completes.</param>
    /// <param name="appended">Triggered when the system has them. For the disk, see <see cref="Flush"/>.</param>
    /// <remarks>On Linux the bytes of one append, up to one megabyte, stay together even if other processes append to the file.</remarks>
    /// <exception cref="InvalidOperationException">This thread is not the loop's.</exception>
    /// <exception cref="ArgumentException">The event belongs to another loop.</exception>
    /// <exception cref="NotSupportedException">The file was not opened for writing.</exception>
    public void Append(ReadOnlyMemory<byte> buffer, Event appended)
    {
        if (Begin(appended, FileAccess.Write))
            AppendCore(buffer, appended);
    }

    /// <summary>Writes earlier writes to the disk, like <see cref="RandomAccess.FlushToDisk(SafeFileHandle)"/> (<c>fsync</c>).</summary>
    /// <param name="flushed">Triggered when they are on the disk.</param>
    /// <exception cref="InvalidOperationException">This thread is not the loop's.</exception>
    /// <exception cref="ArgumentException">The event belongs to another loop.</exception>
    public void Flush(Event flushed)
    {
        if (Begin(flushed, 0))
            FlushCore(flushed);
    }

    /// <summary>Gets the length of the file.</summary>
    /// <param name="length">Gets the length, in bytes.</param>
    /// <exception cref="InvalidOperationException">This thread is not the loop's.</exception>
    /// <exception cref="ArgumentException">The event belongs to another loop.</exception>
    public void GetLength(Event<long> length)
    {
        if (Begin(length.Unblocker, 0))
            GetLengthCore(length);
    }

    /// <summary>Truncates the file, or extends it with zeros.</summary>
    /// <param name="length">The new length, in bytes.</param>
    /// <param name="done">Triggered when it has that length.</param>
    /// <exception cref="InvalidOperationException">This thread is not the loop's.</exception>
    /// <exception cref="ArgumentException">The event belongs to another loop.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The length is negative.</exception>
    /// <exception cref="NotSupportedException">The file was not opened for writing.</exception>
    public void SetLength(long length, Event done)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        if (Begin(done, FileAccess.Write))
            SetLengthCore(length, done);
    }

    /// <summary>
    /// Closes the file. Operations in progress run first, and complete their events. Any thread may call it. If the thread is not the loop's, the loop closes
    /// the file soon after.
    /// </summary>
    public void Dispose()
    {
        if (LoopThread.HasEntered(Loop) || !Loop.TryPost(new PostedAction(Dispose)))
            Close();
        GC.SuppressFinalize(this);
    }

    /// <summary>Reads bytes that are in memory. It neither waits nor throws.</summary>
    /// <param name="buffer">The destination. It may be empty.</param>
    /// <param name="offset">Their position.</param>
    /// <param name="count">The number of bytes: fewer than the buffer holds only at the end of the file.</param>
    /// <returns>False if a read would have to wait or would fail: then <see cref="ReadCore"/> is called.</returns>
    protected internal abstract bool TryReadCore(Span<byte> buffer, long offset, out int count);

    /// <summary>Reads bytes that <see cref="TryReadCore"/> did not return.</summary>
    /// <param name="buffer">The destination. The caller may reuse it as soon as the event completes in any way.</param>
    /// <param name="offset">Their position.</param>
    /// <param name="read">Gets the number of bytes: fewer than the buffer holds only at the end of the file.</param>
    protected abstract void ReadCore(Memory<byte> buffer, long offset, Event<int> read);

    /// <summary>Writes all bytes.</summary>
    /// <param name="buffer">The bytes, at least one. The caller may reuse them as soon as the event completes in any way.</param>
    /// <param name="offset">Their position.</param>
    /// <param name="written">The event.</param>
    protected abstract void WriteCore(ReadOnlyMemory<byte> buffer, long offset, Event written);

    /// <summary>Writes bytes at the end, after those of earlier appends.</summary>
    /// <param name="buffer">The bytes. The caller may reuse them as soon as the event completes in any way.</param>
    /// <param name="appended">The event.</param>
    protected abstract void AppendCore(ReadOnlyMemory<byte> buffer, Event appended);

    /// <inheritdoc cref="Flush(Event)" path="/summary|/param"/>
    protected abstract void FlushCore(Event flushed);

    /// <inheritdoc cref="GetLength(Event{long})" path="/summary|/param"/>
    protected abstract void GetLengthCore(Event<long> length);

    /// <inheritdoc cref="SetLength(long, Event)" path="/summary|/param"/>
    protected abstract void SetLengthCore(long length, Event done);

    /// <summary>Closes the file, after the operations in progress. Called once. If the loop has ended, it can be called on any thread.</summary>
    protected abstract void CloseCore();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Enter(FileAccess needed)
    {
        if (!LoopThread.HasEntered(Loop))
            throw Errors.WrongThread("This file", Loop);
        if ((needed & ~Access) != 0)
            throw FileErrors.NotOpenFor(Path, Access, needed);
    }

    /// <summary>Whether to start an operation for an event. An operation on a closed file fails at once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Begin(Event e, FileAccess needed)
    {
        Enter(needed);
        if (!Operation.Admits(e, Loop))
            return false;
        if (!IsClosed)
            return true;
        e.Fail(FileErrors.Closed(Path));
        return false;
    }

    private void TriggerLate(Event<int> read, int count)
    {
        _left = Patience;
        var late = _lateRead ?? new LateRead(this);
        _lateRead = null;
        late.Add(read, count);
    }

    private void Close()
    {
        if (IsClosed)
            return;
        IsClosed = true;
        CloseCore();
    }

    /// <summary>A completed read that waits in the ready queue to report its result.</summary>
    private sealed class LateRead(RandomAccessFile file) : Message
    {
        private Event<int> _read;
        private int _count;

        public void Add(Event<int> read, int count)
        {
            (_read, _count) = (read, count);
            file.Loop.AddReady(this);
        }

        internal override void Run(EventLoop loop)
        {
            var read = _read;
            _read = default;
            file._lateRead = this;
            read.Trigger(_count);
        }

        /// <summary>The loop has ended, and has completed the events that waited.</summary>
        internal override void Drop(EventLoop loop)
        {
        }
    }
}
