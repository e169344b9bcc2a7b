namespace Tame;

/// <summary>The messages for incorrect use of file operations. Each says what is wrong, where, and what to do.</summary>
internal static class FileErrors
{
    public static ObjectDisposedException Closed(string path) => new(
        nameof(RandomAccessFile),
        $"The file '{path}' is closed. Dispose it only after you have started its last operation, or open it again.");

    public static NotSupportedException NotOpenFor(string path, FileAccess access, FileAccess needed) => new(
        $"The file '{path}' was opened with FileAccess.{access}, and this operation needs FileAccess.{needed}. Open it with that, or with FileAccess.ReadWrite.");
}
