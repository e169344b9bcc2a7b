using System.ComponentModel;
using Tame.CompilerServices;

namespace Tame;

/// <summary>Reports changes in a directory, in order. A <see cref="FileSystem"/> creates it, and it belongs to the loop on which it was created.</summary>
/// <remarks>
/// It holds at most 4,096 changes that were not taken. Further changes are dropped and reported by one change of the kind
/// <see cref="FileChangeKind.Overflow"/>. Call its members only on the loop's thread, except for <see cref="Dispose()"/>.
/// </remarks>
public abstract class FileWatcher : IDisposable
{
    /// <summary>The maximum number of changes that wait to be taken.</summary>
    internal const int Capacity = 4096;

    private readonly Queue<FileChange> _changes = [];
    private readonly NextOperation _next;
    private bool _hasOverflowed;
    private bool _isWaiting;

    /// <summary>Creates a watcher that belongs to this thread's loop.</summary>
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

    /// <summary>True if the watcher was closed.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>The loop that the watcher belongs to.</summary>
    internal EventLoop Loop { get; }

    /// <summary>Waits for the next change.</summary>
    /// <param name="changed">Gets the change. Only one event takes a change. If something else completes the event first, the change stays for the next event.</param>
    /// <exception cref="InvalidOperationException">A wait is in progress, or this thread is not the loop's.</exception>
    /// <exception cref="ArgumentException">The event belongs to another loop.</exception>
    [KeepsEvent]
    public void Next(Event<FileChange> changed) => Start(changed.Unblocker);

    /// <inheritdoc cref="Next"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void NextKept(KeptEvent<FileChange> changed) => Start(Operation.HandleOf(changed.Unblocker, Loop));

    /// <summary>Takes an available change, and never waits.</summary>
    /// <param name="change">The change.</param>
    /// <returns>False if no change is available now.</returns>
    /// <exception cref="InvalidOperationException">A wait is in progress, or this thread is not the loop's.</exception>
    /// <exception cref="ObjectDisposedException">The watcher is closed.</exception>
    public bool TryNext(out FileChange change)
    {
        Enter();
        ObjectDisposedException.ThrowIf(IsClosed, this);
        if (_next.IsUnderWay)
            throw NetworkErrors.UnderWay("wait", "watcher");
        return TryTake(out change);
    }

    /// <summary>Ends the watch. A wait in progress fails with an <see cref="ObjectDisposedException"/>. Any thread may call it.</summary>
    public void Dispose()
    {
        if (LoopThread.HasEntered(Loop) || !Loop.TryPost(new PostedAction(Dispose)))
            Close();
        GC.SuppressFinalize(this);
    }

    /// <summary>Adds a change. Call it on the loop's thread.</summary>
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

    /// <summary>A wait begins. A thread other than the loop's will report changes.</summary>
    protected virtual void StartWaitingCore()
    {
    }

    /// <summary>The wait has ended.</summary>
    protected virtual void StopWaitingCore()
    {
    }

    /// <summary>Ends the watch. Called once. If the loop has ended, it can be called on any thread.</summary>
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

    private void Start(LoopHandle changed)
    {
        Enter();
        if (!Operation.Admits(changed, Loop))
            return;
        if (IsClosed)
            changed.Fail(NetworkErrors.Closed(this, "watcher"));
        else if (_next.IsUnderWay)
            throw NetworkErrors.UnderWay("wait", "watcher");
        else
            _next.Start(changed);
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

    /// <summary>The current wait for the next change.</summary>
    private sealed class NextOperation(FileWatcher watcher) : Operation
    {
        public void Start(LoopHandle changed)
        {
            if (watcher.TryTake(out var change))
                changed.Trigger(change);
            else
                Begin(changed);
        }

        protected override bool Attempt()
        {
            if (!watcher.TryTake(out var change))
                return false;
            End().Trigger(change);
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

/// <summary>A change that a <see cref="FileWatcher"/> reports.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Path">The path of the changed file or directory. For a rename, the new path.</param>
/// <param name="OldPath">The path before a rename, otherwise null.</param>
public readonly record struct FileChange(FileChangeKind Kind, string Path, string? OldPath = null);

/// <summary>What happened to a file or directory.</summary>
public enum FileChangeKind
{
    /// <summary>It was created, or moved here from a directory that is not watched.</summary>
    Created,

    /// <summary>It was written. One write may be reported several times.</summary>
    Changed,

    /// <summary>It was deleted, or moved to a directory that is not watched.</summary>
    Deleted,

    /// <summary>It was renamed or moved.</summary>
    Renamed,

    /// <summary>There were more changes than fit, and the rest was dropped. Read the directory again.</summary>
    Overflow,
}
