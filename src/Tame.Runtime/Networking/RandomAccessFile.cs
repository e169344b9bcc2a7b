using System.Runtime.CompilerServices;
using Microsoft.Win32.SafeHandles;

namespace Tame;

/// <summary>An open file of a <see cref="FileSystem"/>, read and written at positions that the caller gives. It belongs to the loop on which it was opened.</summary>
/// <remarks>
/// <para>Any number of operations may be under way. Appends are carried out in their order; all others in any order, so wait for one before you start another that depends on it. All members are for the
/// loop's thread, except for <see cref="Dispose()"/>. What the system refuses fails the event; a wrong use throws.</para>
/// <para>A read whose event completes otherwise, by a time limit or a cancellation, does not touch its buffer afterward. A write whose event completes so may have written a part.</para>
/// <para>To write a file of your own, override the members whose names end in <c>Core</c>. They are called with valid arguments and a pending event of the loop.</para>
/// </remarks>
public abstract class RandomAccessFile : IDisposable
{
    /// <summary>After so many reads in a row that needed no wait, one completes by way of the ready queue, so that a call that reads and reads does not starve the others.</summary>
    private const int Patience = 64;

    private int _left = Patience;
    private LateRead? _lateRead;

    /// <summary>Makes a file that belongs to this thread's loop.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="access">What it was opened for.</param>
    /// <exception cref="InvalidOperationException">This thread has no loop.</exception>
    protected RandomAccessFile(string path, FileAccess access)
    {
        Path = path;
        Access = access;
        Loop = EventLoop.Current ?? throw Errors.NoLoop();
    }

    /// <summary>The path that it was opened by.</summary>
    public string Path { get; }

    /// <summary>What it was opened for.</summary>
    public FileAccess Access { get; }

    /// <summary>The file was closed here.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>The loop that the file belongs to.</summary>
    internal EventLoop Loop { get; }

    /// <summary>The system's handle; null where the file is none of the system's.</summary>
    internal virtual SafeFileHandle? Handle => null;

    /// <summary>Reads bytes that are in memory, and never waits.</summary>
    /// <param name="buffer">Where they go. It may be written to where false is returned.</param>
    /// <param name="offset">Where they are, in bytes from the start of the file.</param>
    /// <param name="count">How many there were: fewer than the buffer holds only at the end of the file.</param>
    /// <returns>False when a read would have to wait, or fails: <see cref="Read"/> tells.</returns>
    /// <exception cref="InvalidOperationException">This is not the loop's thread.</exception>
    /// <exception cref="NotSupportedException">The file was not opened for reading.</exception>
    /// <exception cref="ObjectDisposedException">The file is closed.</exception>
    public bool TryRead(Span<byte> buffer, long offset, out int count)
    {
        Enter(FileAccess.Read);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ObjectDisposedException.ThrowIf(IsClosed, this);
        return TryReadCore(buffer, offset, out count);
    }

    /// <summary>Reads bytes. Those in memory are read at once; the loop does not wait for the others.</summary>
    /// <param name="buffer">Where they go.</param>
    /// <param name="offset">Where they are, in bytes from the start of the file.</param>
    /// <param name="read">Gets how many there were: fewer than the buffer holds only at the end of the file, and zero behind it.</param>
    /// <exception cref="InvalidOperationException">This is not the loop's thread.</exception>
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

    /// <summary>Writes bytes, all of them. The file grows where it has to.</summary>
    /// <param name="buffer">The bytes. They must not change until the event completes.</param>
    /// <param name="offset">Where they go, in bytes from the start of the file.</param>
    /// <param name="written">Triggered when the system has them. For the disk, see <see cref="Flush"/>.</param>
    /// <exception cref="InvalidOperationException">This is not the loop's thread.</exception>
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

    /// <summary>Writes bytes at the end of the file, all of them, behind those of the appends before.</summary>
    /// <param name="buffer">The bytes. They must not change until the event completes.</param>
    /// <param name="appended">Triggered when the system has them. For the disk, see <see cref="Flush"/>.</param>
    /// <remarks>On Linux the bytes of one append stay together, up to one megabyte, when other processes append to the file as well.</remarks>
    /// <exception cref="InvalidOperationException">This is not the loop's thread.</exception>
    /// <exception cref="ArgumentException">The event belongs to another loop.</exception>
    /// <exception cref="NotSupportedException">The file was not opened for writing.</exception>
    public void Append(ReadOnlyMemory<byte> buffer, Event appended)
    {
        if (Begin(appended, FileAccess.Write))
            AppendCore(buffer, appended);
    }

    /// <summary>Has what was written before go to the disk, as <see cref="RandomAccess.FlushToDisk(SafeFileHandle)"/> does (<c>fsync</c>).</summary>
    /// <param name="flushed">Triggered when it is there.</param>
    /// <exception cref="InvalidOperationException">This is not the loop's thread.</exception>
    /// <exception cref="ArgumentException">The event belongs to another loop.</exception>
    public void Flush(Event flushed)
    {
        if (Begin(flushed, 0))
            FlushCore(flushed);
    }

    /// <summary>Asks for the length of the file.</summary>
    /// <param name="length">Gets it, in bytes.</param>
    /// <exception cref="InvalidOperationException">This is not the loop's thread.</exception>
    /// <exception cref="ArgumentException">The event belongs to another loop.</exception>
    public void GetLength(Event<long> length)
    {
        if (Begin(length.Unblocker, 0))
            GetLengthCore(length);
    }

    /// <summary>Cuts the file, or has it grow by zeros.</summary>
    /// <param name="length">Its new length, in bytes.</param>
    /// <param name="done">Triggered when it has that length.</param>
    /// <exception cref="InvalidOperationException">This is not the loop's thread.</exception>
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
    /// Closes the file. Operations that are under way are carried out first, and complete their events. Any thread may call it: from another than the loop's, the loop closes the file soon after.
    /// </summary>
    public void Dispose()
    {
        if (LoopThread.HasEntered(Loop) || !Loop.TryPost(new PostedAction(Dispose)))
            Close();
        GC.SuppressFinalize(this);
    }

    /// <summary>Reads bytes that are in memory. It neither waits nor throws.</summary>
    /// <param name="buffer">Where they go. It may be empty.</param>
    /// <param name="offset">Where they are.</param>
    /// <param name="count">How many there were: fewer than the buffer holds only at the end of the file.</param>
    /// <returns>False when a read would have to wait, or fails: then <see cref="ReadCore"/> is called.</returns>
    protected internal abstract bool TryReadCore(Span<byte> buffer, long offset, out int count);

    /// <summary>Reads bytes that <see cref="TryReadCore"/> has not got.</summary>
    /// <param name="buffer">Where they go. It is the caller's again as soon as the event completes, in whichever way.</param>
    /// <param name="offset">Where they are.</param>
    /// <param name="read">Gets how many there were: fewer than the buffer holds only at the end of the file.</param>
    protected abstract void ReadCore(Memory<byte> buffer, long offset, Event<int> read);

    /// <summary>Writes bytes, all of them.</summary>
    /// <param name="buffer">The bytes, at least one. They are the caller's again as soon as the event completes, in whichever way.</param>
    /// <param name="offset">Where they go.</param>
    /// <param name="written">The event.</param>
    protected abstract void WriteCore(ReadOnlyMemory<byte> buffer, long offset, Event written);

    /// <summary>Writes bytes at the end, behind those of the appends before.</summary>
    /// <param name="buffer">The bytes. They are the caller's again as soon as the event completes, in whichever way.</param>
    /// <param name="appended">The event.</param>
    protected abstract void AppendCore(ReadOnlyMemory<byte> buffer, Event appended);

    /// <inheritdoc cref="Flush(Event)" path="/summary|/param"/>
    protected abstract void FlushCore(Event flushed);

    /// <inheritdoc cref="GetLength(Event{long})" path="/summary|/param"/>
    protected abstract void GetLengthCore(Event<long> length);

    /// <inheritdoc cref="SetLength(long, Event)" path="/summary|/param"/>
    protected abstract void SetLengthCore(long length, Event done);

    /// <summary>Closes the file, after the operations that are under way. Called once; where the loop has ended, on any thread.</summary>
    protected abstract void CloseCore();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Enter(FileAccess needed)
    {
        if (!LoopThread.HasEntered(Loop))
            throw Errors.WrongThread("This file", Loop);
        if ((needed & ~Access) != 0)
            throw FileErrors.NotOpenFor(Path, Access, needed);
    }

    /// <summary>Whether an operation is to be started for an event. One on a closed file fails at once.</summary>
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

    /// <summary>A read that is done, and waits in the ready queue to tell so.</summary>
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

        /// <summary>The loop has ended, and completed what waited.</summary>
        internal override void Drop(EventLoop loop)
        {
        }
    }
}
