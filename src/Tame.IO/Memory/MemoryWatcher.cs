namespace Tame.IO;

/// <summary>A watcher of a <see cref="MemoryFileSystem"/>.</summary>
internal sealed class MemoryWatcher(MemoryFileSystem files, string path, bool recursive) : FileWatcher(path)
{
    private readonly string _inside = path == "/" ? path : path + "/";

    public bool Sees(string full) => full.StartsWith(_inside, StringComparison.Ordinal) && (recursive || full.IndexOf('/', _inside.Length) < 0);

    public void Add(FileChange change) => OnChange(change);

    protected override void CloseCore() => files.Remove(this);
}
