using System.Diagnostics.CodeAnalysis;
using Microsoft.Win32.SafeHandles;

namespace Tame.IO;

/// <summary>The files of the system. Calls that may block run on the thread pool. Any number of loops may use it.</summary>
/// <param name="isPortable">Use only .NET's calls, as on systems other than Linux.</param>
internal sealed class SystemFiles(bool isPortable) : FileSystem
{
    protected override void OpenCore(string path, FileMode mode, FileAccess access, Event<RandomAccessFile> opened)
    {
        path = Path.GetFullPath(path);
        new OpenWork(EventLoop.Current!, path, mode, access, isPortable).Open(opened);
    }

    protected override void GetEntryCore(string path, Event<FileEntry?> found)
    {
        string full = Path.GetFullPath(path);
        PoolCall<FileEntry?>.Start(found, () => Entry(path, full));
    }

    protected override void ListCore(string path, Event<FileEntry[]> listed)
    {
        string full = Path.GetFullPath(path);
        PoolCall<FileEntry[]>.Start(listed, () => Entries(path, full));
    }

    protected override void CreateDirectoryCore(string path, Event created)
    {
        path = Path.GetFullPath(path);
        PoolCall.Start(created, () => Directory.CreateDirectory(path));
    }

    protected override void DeleteCore(string path, Event deleted)
    {
        path = Path.GetFullPath(path);
        PoolCall.Start(deleted, () => File.Delete(path));
    }

    protected override void DeleteDirectoryCore(string path, bool recursive, Event deleted)
    {
        path = Path.GetFullPath(path);
        PoolCall.Start(deleted, () => Directory.Delete(path, recursive));
    }

    protected override void RenameCore(string from, string to, bool replace, Event renamed)
    {
        (from, to) = (Path.GetFullPath(from), Path.GetFullPath(to));
        PoolCall.Start(renamed, () => Rename(from, to, replace));
    }

    protected override void WatchCore(string path, bool recursive, Event<FileWatcher> watching)
    {
        path = Path.GetFullPath(path);
        new WatchWork(EventLoop.Current!, path, recursive).Watch(watching);
    }

    private static void Rename(string from, string to, bool replace)
    {
        if (Directory.Exists(from))
            Directory.Move(from, to);
        else
            File.Move(from, to, replace);
    }

    private static FileEntry? Entry(string path, string full)
    {
        FileSystemInfo info = new FileInfo(full);
        if (!info.Exists)
            info = new DirectoryInfo(full);
        return info.Exists ? Entry(path, info) : null;
    }

    private static FileEntry[] Entries(string path, string full)
    {
        var entries = new DirectoryInfo(full).EnumerateFileSystemInfos().Select(info => Entry(Path.Join(path, info.Name), info)).ToArray();
        Array.Sort(entries, static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        return entries;
    }

    private static FileEntry Entry(string path, FileSystemInfo info)
    {
        bool isDirectory = (info.Attributes & FileAttributes.Directory) != 0;
        long length = !isDirectory && info is FileInfo { Exists: true } file ? file.Length : 0;
        return new FileEntry(path, isDirectory, length, new DateTimeOffset(info.LastWriteTimeUtc, TimeSpan.Zero));
    }

    /// <summary>Opens a handle on the pool, and creates its file object on the loop's thread.</summary>
    private sealed class OpenWork(EventLoop loop, string path, FileMode mode, FileAccess access, bool isPortable) : PoolWork(loop)
    {
        private SafeFileHandle? _handle;

        public void Open(Event<RandomAccessFile> opened) => Start(opened.Unblocker);

        protected override void RunOnPool() => _handle = File.OpenHandle(path, mode, access, FileShare.ReadWrite | FileShare.Delete);

        protected override void Succeed(Event e)
        {
            var file = new SystemFile(path, access, _handle!, isPortable);
            file.Loop.Recorder?.HandOver(e, 1);
            if (!e.Typed<RandomAccessFile>().Trigger(file))
                file.Dispose();
        }

        protected override void Abandon() => _handle?.Dispose();
    }

    /// <summary>Begins to watch on the pool, because a directory may contain many directories.</summary>
    [SuppressMessage("Design", "CA1001", Justification = "The receiver of the event owns the watcher.")]
    private sealed class WatchWork : PoolWork
    {
        private readonly SystemWatcher _watcher;

        public WatchWork(EventLoop loop, string path, bool recursive)
            : base(loop) => _watcher = new SystemWatcher(path, recursive);

        public void Watch(Event<FileWatcher> watching) => Start(watching.Unblocker);

        protected override void RunOnPool() => _watcher.Begin();

        protected override void Succeed(Event e)
        {
            if (!e.Typed<FileWatcher>().Trigger(_watcher))
                _watcher.Dispose();
        }

        protected override void Abandon() => _watcher.Dispose();
    }
}
