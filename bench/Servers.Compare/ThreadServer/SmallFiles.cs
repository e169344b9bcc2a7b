using System.Collections.Concurrent;

namespace Tame.ThreadServer;

/// <summary>The files of a folder. The bytes of small ones are kept in memory and compared with the disk each second. For any thread.</summary>
internal sealed class SmallFiles(string root)
{
    public const int Largest = 16 * 1024;
    private const long MostBytes = 64L << 20;
    private readonly ConcurrentDictionary<string, Entry> _kept = new();
    private long _bytes;

    /// <summary>Finds a file; null where there is none below the folder.</summary>
    public Found? Find(string path)
    {
        if (_kept.TryGetValue(path, out var kept) && Environment.TickCount64 - kept.CheckedAt < 1000)
            return kept.File;
        if (path.Contains("..", StringComparison.Ordinal) || path.Contains('\0', StringComparison.Ordinal) || path.Contains('\\', StringComparison.Ordinal))
            return null;
        var info = new FileInfo(root + path);
        if (!info.Exists)
            return null;
        if (kept is not null && kept.File.Length == info.Length && kept.Written == info.LastWriteTimeUtc)
        {
            kept.CheckedAt = Environment.TickCount64;
            return kept.File;
        }
        // What has no length is not read: a pipe or a device would hold the thread.
        var found = new Found(info.FullName, info.Length, info.Length > Largest ? null : info.Length == 0 ? [] : File.ReadAllBytes(info.FullName));
        if (found.Bytes is null || Interlocked.Add(ref _bytes, found.Length) > MostBytes)
            return found;
        found = found with { Length = found.Bytes.Length };     // it may have grown since it was looked at
        _kept[path] = new Entry(found, info.LastWriteTimeUtc) { CheckedAt = Environment.TickCount64 };
        return found;
    }

    /// <param name="Path">Where it is.</param>
    /// <param name="Length">How long it is.</param>
    /// <param name="Bytes">Its bytes, where it is small.</param>
    public sealed record Found(string Path, long Length, byte[]? Bytes);

    private sealed record Entry(Found File, DateTime Written)
    {
        public long CheckedAt { get; set; }
    }
}
