namespace Tame;

/// <summary>A file or a directory of a <see cref="FileSystem"/>, as it was when it was looked at.</summary>
/// <param name="Path">Its path: the one that was asked for, or in a list that of the directory and the name.</param>
/// <param name="IsDirectory">It is a directory.</param>
/// <param name="Length">How many bytes the file has; zero for a directory.</param>
/// <param name="LastWriteTime">When it was written last.</param>
public sealed record FileEntry(string Path, bool IsDirectory, long Length, DateTimeOffset LastWriteTime)
{
    /// <summary>The last part of the path.</summary>
    public string Name => System.IO.Path.GetFileName(System.IO.Path.TrimEndingDirectorySeparator(Path));
}
