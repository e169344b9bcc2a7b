namespace Tame;

/// <summary>The files of a <see cref="Network"/>: the system's, or those in the memory of this process.</summary>
/// <remarks>All members are for the loop's thread, and none of them makes the loop wait.</remarks>
public abstract class FileSystem
{
    /// <summary>Opens a file.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="mode">Whether it must exist, and what happens to what it holds.</param>
    /// <param name="access">What it is opened for.</param>
    /// <param name="opened">Gets the file, which the receiver owns.</param>
    public abstract void Open(string path, FileMode mode, FileAccess access, Event<RandomAccessFile> opened);
}

/// <summary>An open file of a <see cref="FileSystem"/>, read and written at positions that the caller gives.</summary>
/// <remarks>Any number of operations may be under way. All members are for the loop's thread.</remarks>
public abstract class RandomAccessFile : IDisposable
{
    /// <summary>Reads bytes.</summary>
    /// <param name="buffer">Where they go.</param>
    /// <param name="offset">Where they are, in bytes from the start of the file.</param>
    /// <param name="read">Gets how many there were; zero is the end of the file.</param>
    public abstract void Read(Memory<byte> buffer, long offset, Event<int> read);

    /// <summary>Closes the file.</summary>
    public abstract void Dispose();
}
