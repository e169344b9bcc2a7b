namespace Tame.IO;

/// <summary>Files and directories in the memory of this process, for tests. It makes no system calls, and does not wait in virtual time.</summary>
/// <remarks>
/// <para>It behaves like the files of a Unix system: names are case-sensitive, <c>/</c> separates them, relative paths begin at <c>/</c>, and a file that was deleted or replaced remains while it is open. It throws the
/// exceptions of <see cref="File"/> and <see cref="Directory"/>. There are no links and no permissions. Times are those of the loop's clock.</para>
/// <para>An operation takes effect when it is called; its event completes from the loop's ready queue. The file system belongs to the loop that uses it first. All members are for that loop's thread.</para>
/// </remarks>
public sealed class MemoryFileSystem : FileSystem
{
    private readonly MemoryTree _tree = new();
    private readonly List<MemoryWatcher> _watchers = [];
    private EventLoop? _loop;

    /// <inheritdoc/>
    protected override void OpenCore(string path, FileMode mode, FileAccess access, Event<RandomAccessFile> opened) => Answer<RandomAccessFile>(
        opened,
        () =>
        {
            var node = _tree.Open(path, mode, Now, out bool isNew, out bool isCut);
            if (isNew)
                Tell(FileChangeKind.Created, path);
            else if (isCut)
                Tell(FileChangeKind.Changed, path);
            return new MemoryFile(this, MemoryTree.Full(path), access, node);
        });

    /// <inheritdoc/>
    protected override void GetEntryCore(string path, Event<FileEntry?> found) => Answer(found, () => _tree.Find(path)?.Entry(path));

    /// <inheritdoc/>
    protected override void ListCore(string path, Event<FileEntry[]> listed) => Answer(listed, () => _tree.List(path));

    /// <inheritdoc/>
    protected override void CreateDirectoryCore(string path, Event created) => Answer(
        created,
        () =>
        {
            foreach (string made in _tree.CreateDirectory(path, Now))
                Tell(FileChangeKind.Created, made);
        });

    /// <inheritdoc/>
    protected override void DeleteCore(string path, Event deleted) => Answer(
        deleted,
        () =>
        {
            if (_tree.Delete(path))
                Tell(FileChangeKind.Deleted, path);
        });

    /// <inheritdoc/>
    protected override void DeleteDirectoryCore(string path, bool recursive, Event deleted) => Answer(
        deleted,
        () =>
        {
            foreach (string gone in _tree.DeleteDirectory(path, recursive))
                Tell(FileChangeKind.Deleted, gone);
        });

    /// <inheritdoc/>
    protected override void RenameCore(string from, string to, bool replace, Event renamed) => Answer(
        renamed,
        () =>
        {
            _tree.Rename(from, to, replace);
            if (MemoryTree.Full(from) != MemoryTree.Full(to))
                TellRenamed(MemoryTree.Full(from), MemoryTree.Full(to));
        });

    /// <inheritdoc/>
    protected override void WatchCore(string path, bool recursive, Event<FileWatcher> watching) => Answer<FileWatcher>(
        watching,
        () =>
        {
            if (_tree.Find(path) is not MemoryDirectory)
                throw new DirectoryNotFoundException($"There is no directory '{path}' to watch. Create it first, or watch the one above it.");
            var watcher = new MemoryWatcher(this, MemoryTree.Full(path), recursive);
            _watchers.Add(watcher);
            return watcher;
        });

    internal DateTimeOffset Now => _loop!.TimeProvider.GetUtcNow();

    internal void Tell(FileChangeKind kind, string path)
    {
        string full = MemoryTree.Full(path);
        foreach (var watcher in _watchers)
        {
            if (watcher.Sees(full))
                watcher.Add(new FileChange(kind, full));
        }
    }

    internal void Remove(MemoryWatcher watcher) => _watchers.Remove(watcher);

    /// <summary>Runs an action at once, and completes the event from the ready queue.</summary>
    internal void Answer<T>(Event<T> e, Func<T> call)
    {
        Enter();
        try
        {
            _loop!.AddReady(new MemoryAnswer<T>(e, call()));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _loop!.AddReady(new MemoryAnswer(e.Unblocker, error));
        }
    }

    /// <inheritdoc cref="Answer{T}(Event{T}, Func{T})"/>
    internal void Answer(Event e, Action call)
    {
        Enter();
        Exception? failure = null;
        try
        {
            call();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            failure = error;
        }
        _loop!.AddReady(new MemoryAnswer(e, failure));
    }

    /// <summary>Reports a rename. A watcher that sees only one of the two paths reports a new file, or a deleted one.</summary>
    private void TellRenamed(string from, string to)
    {
        foreach (var watcher in _watchers)
        {
            var change = (watcher.Sees(from), watcher.Sees(to)) switch
            {
                (true, true) => new FileChange(FileChangeKind.Renamed, to, from),
                (true, false) => new FileChange(FileChangeKind.Deleted, from),
                (false, true) => new FileChange(FileChangeKind.Created, to),
                _ => default,
            };
            if (change != default)
                watcher.Add(change);
        }
    }

    private void Enter()
    {
        var here = EventLoop.Current ?? throw Errors.NoLoop();
        if (!ReferenceEquals(_loop ??= here, here))
            throw Errors.WrongThread("This file system in memory", _loop);
    }
}
