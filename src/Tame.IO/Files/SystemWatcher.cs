using System.Runtime.InteropServices;

namespace Tame.IO;

/// <summary>A watcher over <see cref="FileSystemWatcher"/>, which reports changes on its own thread.</summary>
internal sealed class SystemWatcher : FileWatcher
{
    private readonly FileSystemWatcher _watcher = new();
    private readonly Lock _lock = new();
    private readonly Queue<FileChange> _arrived = [];
    private readonly Arrival _arrival;
    private readonly bool _recursive;
    private bool _hasOverflowed;
    private bool _isOnItsWay;

    /// <summary>Keeps the watcher, and so the event, alive while the event waits: the system has no reference to them.</summary>
    private GCHandle _held;

    public SystemWatcher(string path, bool recursive)
        : base(path)
    {
        _arrival = new Arrival(this);
        _recursive = recursive;
        _watcher.Created += (_, change) => Add(new FileChange(FileChangeKind.Created, change.FullPath));
        _watcher.Changed += (_, change) => Add(new FileChange(FileChangeKind.Changed, change.FullPath));
        _watcher.Deleted += (_, change) => Add(new FileChange(FileChangeKind.Deleted, change.FullPath));
        _watcher.Renamed += (_, change) => Add(new FileChange(FileChangeKind.Renamed, change.FullPath, change.OldFullPath));
        _watcher.Error += (_, _) => Add(new FileChange(FileChangeKind.Overflow, Path));
    }

    /// <summary>Begins to watch. Called on the pool, before all other calls.</summary>
    public void Begin()
    {
        if (!Directory.Exists(Path))
            throw new DirectoryNotFoundException($"There is no directory '{Path}' to watch. Create it first, or watch the one above it.");
        _watcher.Path = Path;
        _watcher.IncludeSubdirectories = _recursive;
        _watcher.EnableRaisingEvents = true;
    }

    protected override void StartWaitingCore()
    {
        _held = GCHandle.Alloc(this);
        Loop.AddOutsideWork();
    }

    protected override void StopWaitingCore()
    {
        _held.Free();
        Loop.RemoveOutsideWork();
    }

    protected override void CloseCore() => _watcher.Dispose();

    /// <summary>Called on a thread of the system.</summary>
    private void Add(FileChange change)
    {
        lock (_lock)
        {
            if (change.Kind == FileChangeKind.Overflow || _arrived.Count == Capacity)
                _hasOverflowed = true;
            else if (!_hasOverflowed)
                _arrived.Enqueue(change);
            if (_isOnItsWay)
                return;
            _isOnItsWay = true;
        }
        Loop.Send(_arrival);
    }

    private void TakeArrived()
    {
        FileChange[] changes;
        bool hasOverflowed;
        lock (_lock)
        {
            changes = [.. _arrived];
            _arrived.Clear();
            (hasOverflowed, _hasOverflowed, _isOnItsWay) = (_hasOverflowed, false, false);
        }
        foreach (var change in changes)
            OnChange(change);
        if (hasOverflowed)
            OnChange(new FileChange(FileChangeKind.Overflow, Path));
    }

    /// <summary>Sends changes to the loop.</summary>
    private sealed class Arrival(SystemWatcher watcher) : Message
    {
        internal override void Run(EventLoop loop) => watcher.TakeArrived();

        internal override void Drop(EventLoop loop)
        {
        }
    }
}
