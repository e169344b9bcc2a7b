namespace Tame;

/// <summary>A file or a directory of a <see cref="FileSystem"/>, as it was when it was read.</summary>
/// <param name="Path">Its path: the requested one, or in a list, the path of the directory and the name.</param>
/// <param name="IsDirectory">True for a directory.</param>
/// <param name="Length">The length of the file in bytes. Zero for a directory.</param>
/// <param name="LastWriteTime">The time of the last write.</param>
public sealed record FileEntry(string Path, bool IsDirectory, long Length, DateTimeOffset LastWriteTime)
{
    /// <summary>The last part of the path.</summary>
    public string Name => System.IO.Path.GetFileName(System.IO.Path.TrimEndingDirectorySeparator(Path));
}
