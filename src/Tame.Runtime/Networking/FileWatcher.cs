namespace Tame;

/// <summary>Tells of changes in a directory, in their order. A <see cref="FileSystem"/> makes it, and it belongs to the loop on which it was made.</summary>
/// <remarks>
/// It holds at most 4,096 changes that were not taken. What comes beyond is dropped, and told by one change of the kind <see cref="FileChangeKind.Overflow"/>. All members are for the loop's thread, except
/// for <see cref="Dispose()"/>.
/// </remarks>
public abstract class FileWatcher : IDisposable
{
    /// <summary>How many changes wait at most to be taken.</summary>
    internal const int Capacity = 4096;

    private readonly Queue<FileChange> _changes = [];
    private readonly NextOperation _next;
    private bool _hasOverflowed;
    private bool _isWaiting;

    /// <summary>Makes a watcher that belongs to this thread's loop.</summary>
    /// <param name="path">The directory.</param>
    /// <exception cref="InvalidOperationException">This thread has no loop.</exception>
    protected FileWatcher(string path)
    {
        Path = path;
        Loop = EventLoop.Current ?? throw Errors.NoLoop();
        _next = new NextOperation(this);
    }

    /// <summary>The directory.</summary>
    public string Path { get; }

    /// <summary>The watcher was closed.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>The loop that the watcher belongs to.</summary>
    internal EventLoop Loop { get; }

    /// <summary>Waits for the next change.</summary>
    /// <param name="changed">Gets it. A change is taken by one event only: an event that completes otherwise leaves it to the next one.</param>
    /// <exception cref="InvalidOperationException">A wait is under way, or this is not the loop's thread.</exception>
    /// <exception cref="ArgumentException">The event belongs to another loop.</exception>
    public void Next(Event<FileChange> changed)
    {
        Enter();
        if (!Operation.Admits(changed.Unblocker, Loop))
            return;
        if (IsClosed)
            changed.Fail(NetworkErrors.Closed(this, "watcher"));
        else if (_next.IsUnderWay)
            throw NetworkErrors.UnderWay("wait", "watcher");
        else
            _next.Start(changed);
    }

    /// <summary>Takes a change that is there, and never waits.</summary>
    /// <param name="change">The change.</param>
    /// <returns>False when there is none now.</returns>
    /// <exception cref="InvalidOperationException">A wait is under way, or this is not the loop's thread.</exception>
    /// <exception cref="ObjectDisposedException">The watcher is closed.</exception>
    public bool TryNext(out FileChange change)
    {
        Enter();
        ObjectDisposedException.ThrowIf(IsClosed, this);
        if (_next.IsUnderWay)
            throw NetworkErrors.UnderWay("wait", "watcher");
        return TryTake(out change);
    }

    /// <summary>Ends the watch. A wait that is under way fails with an <see cref="ObjectDisposedException"/>. Any thread may call it.</summary>
    public void Dispose()
    {
        if (LoopThread.HasEntered(Loop) || !Loop.TryPost(new PostedAction(Dispose)))
            Close();
        GC.SuppressFinalize(this);
    }

    /// <summary>Adds a change. For the loop's thread.</summary>
    /// <param name="change">The change.</param>
    protected void OnChange(FileChange change)
    {
        if (IsClosed)
            return;
        if (_changes.Count < Capacity && !_hasOverflowed && change.Kind != FileChangeKind.Overflow)
            _changes.Enqueue(change);
        else
            _hasOverflowed = true;
        if (!_isWaiting)
            return;
        StopWaiting();
        _next.Report(null);
    }

    /// <summary>A wait begins: another thread than the loop's will tell of changes.</summary>
    protected virtual void StartWaitingCore()
    {
    }

    /// <summary>The wait is over.</summary>
    protected virtual void StopWaitingCore()
    {
    }

    /// <summary>Ends the watch. Called once; where the loop has ended, on any thread.</summary>
    protected abstract void CloseCore();

    private bool TryTake(out FileChange change)
    {
        if (_changes.TryDequeue(out change))
            return true;
        if (!_hasOverflowed)
            return false;
        _hasOverflowed = false;
        change = new FileChange(FileChangeKind.Overflow, Path);
        return true;
    }

    private void StopWaiting()
    {
        _isWaiting = false;
        StopWaitingCore();
    }

    private void Enter()
    {
        if (!LoopThread.HasEntered(Loop))
            throw Errors.WrongThread("This watcher", Loop);
    }

    private void Close()
    {
        if (IsClosed)
            return;
        IsClosed = true;
        if (_next.IsUnderWay)
            _next.Fail(NetworkErrors.Closed(this, "watcher"));
        CloseCore();
    }

    /// <summary>The wait for the next change that is under way.</summary>
    private sealed class NextOperation(FileWatcher watcher) : Operation
    {
        public void Start(Event<FileChange> changed)
        {
            if (watcher.TryTake(out var change))
                changed.Trigger(change);
            else
                Begin(changed.Unblocker);
        }

        protected override bool Attempt()
        {
            if (!watcher.TryTake(out var change))
                return false;
            End().Typed<FileChange>().Trigger(change);
            return true;
        }

        protected override void StartWaiting()
        {
            watcher._isWaiting = true;
            watcher.StartWaitingCore();
        }

        protected override void StopWaiting() => watcher.StopWaiting();

        protected override void Release()
        {
        }
    }
}

/// <summary>A change that a <see cref="FileWatcher"/> tells of.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Path">The path of what changed; of a rename, the new one.</param>
/// <param name="OldPath">The path before a rename; else null.</param>
public readonly record struct FileChange(FileChangeKind Kind, string Path, string? OldPath = null);

/// <summary>What happened to a file or directory.</summary>
public enum FileChangeKind
{
    /// <summary>It was made, or came from a directory that is not watched.</summary>
    Created,

    /// <summary>It was written. One write may be told several times.</summary>
    Changed,

    /// <summary>It was deleted, or went to a directory that is not watched.</summary>
    Deleted,

    /// <summary>It got another path.</summary>
    Renamed,

    /// <summary>There were more changes than could be held, and the rest was dropped: look at the directory again.</summary>
    Overflow,
}
