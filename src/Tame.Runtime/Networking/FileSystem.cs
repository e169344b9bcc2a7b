namespace Tame;

/// <summary>The files of a <see cref="Network"/>: the system's, or those in the memory of this process.</summary>
/// <remarks>
/// <para>Call its members only on a loop's thread. None of them makes the loop wait. If the system refuses an operation, its event fails with the exception of
/// <see cref="File"/> and <see cref="Directory"/>. Incorrect use throws.</para>
/// <para>If something else completes an event first, such as a time limit or a cancellation, this does not undo what the system has begun. Afterward, the file may
/// or may not be created, renamed, or deleted.</para>
/// <para>To write your own file system, override the members whose names end in <c>Core</c>. They are called with valid arguments and a pending event of this
/// thread's loop.</para>
/// </remarks>
public abstract class FileSystem
{
    /// <summary>Opens a file. While it is open, other code may also open, write, rename, and delete it.</summary>
    /// <param name="path">The path.</param>
    /// <param name="mode">Whether the file must exist, and whether its contents are kept. <see cref="FileMode.Append"/> is the same as
    /// <see cref="FileMode.OpenOrCreate"/>.</param>
    /// <param name="access">The access to open it with.</param>
    /// <param name="opened">Gets the file, which the receiver owns. If something else completes the event first, the file is closed.</param>
    /// <exception cref="ArgumentException">The path is empty, the mode needs another access, or the event belongs to another loop.</exception>
    /// <exception cref="InvalidOperationException">This thread has no loop.</exception>
    public void Open(string path, FileMode mode, FileAccess access, Event<RandomAccessFile> opened)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        CheckMode(mode, access);
        if (Admits(opened.Unblocker))
            OpenCore(path, mode, access, opened);
    }

    /// <summary>Checks whether a file or a directory exists.</summary>
    /// <param name="path">The path.</param>
    /// <param name="found">Gets the file or directory, or null if none exists.</param>
    /// <inheritdoc cref="CreateDirectory(string, Event)" path="/exception"/>
    public void GetEntry(string path, Event<FileEntry?> found)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Admits(found.Unblocker))
            GetEntryCore(path, found);
    }

    /// <summary>Lists a directory.</summary>
    /// <param name="path">The path.</param>
    /// <param name="listed">Gets its files and directories in the ordinal order of their names, not recursively.</param>
    /// <inheritdoc cref="CreateDirectory(string, Event)" path="/exception"/>
    public void List(string path, Event<FileEntry[]> listed)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Admits(listed.Unblocker))
            ListCore(path, listed);
    }

    /// <summary>Creates a directory and its missing parents, like <see cref="Directory.CreateDirectory(string)"/>. An existing one is left unchanged.</summary>
    /// <param name="path">The path.</param>
    /// <param name="created">Triggered when it exists.</param>
    /// <exception cref="ArgumentException">The path is empty, or the event belongs to another loop.</exception>
    /// <exception cref="InvalidOperationException">This thread has no loop.</exception>
    public void CreateDirectory(string path, Event created)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Admits(created))
            CreateDirectoryCore(path, created);
    }

    /// <summary>Deletes a file, like <see cref="File.Delete(string)"/>. A missing file is not a failure.</summary>
    /// <param name="path">The path.</param>
    /// <param name="deleted">Triggered when the file is deleted. If it is open, its bytes stay until it is closed.</param>
    /// <inheritdoc cref="CreateDirectory(string, Event)" path="/exception"/>
    public void Delete(string path, Event deleted)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Admits(deleted))
            DeleteCore(path, deleted);
    }

    /// <summary>Deletes a directory, like <see cref="Directory.Delete(string, bool)"/>.</summary>
    /// <param name="path">The path.</param>
    /// <param name="recursive">If true, also deletes its contents. Otherwise the directory must be empty.</param>
    /// <param name="deleted">Triggered when the directory is deleted.</param>
    /// <inheritdoc cref="CreateDirectory(string, Event)" path="/exception"/>
    public void DeleteDirectory(string path, bool recursive, Event deleted)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Admits(deleted))
            DeleteDirectoryCore(path, recursive, deleted);
    }

    /// <summary>Renames or moves a file or a directory.</summary>
    /// <param name="from">The current path.</param>
    /// <param name="to">The new path, whose directory must exist.</param>
    /// <param name="replace">If true, a file at the new path is replaced in one step. Otherwise, and for directories, an existing target is a failure.</param>
    /// <param name="renamed">Triggered when it is done.</param>
    /// <inheritdoc cref="CreateDirectory(string, Event)" path="/exception"/>
    public void Rename(string from, string to, bool replace, Event renamed)
    {
        ArgumentException.ThrowIfNullOrEmpty(from);
        ArgumentException.ThrowIfNullOrEmpty(to);
        if (Admits(renamed))
            RenameCore(from, to, replace, renamed);
    }

    /// <summary>Watches a directory for changes.</summary>
    /// <param name="path">The path.</param>
    /// <param name="recursive">If true, also watches the directories in it.</param>
    /// <param name="watching">Gets the watcher, which the receiver owns. It reports every change from then on. If something else completes the
    /// event first, the watcher is closed.</param>
    /// <inheritdoc cref="CreateDirectory(string, Event)" path="/exception"/>
    public void Watch(string path, bool recursive, Event<FileWatcher> watching)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Admits(watching.Unblocker))
            WatchCore(path, recursive, watching);
    }

    /// <inheritdoc cref="Open(string, FileMode, FileAccess, Event{RandomAccessFile})" path="/summary|/param"/>
    protected abstract void OpenCore(string path, FileMode mode, FileAccess access, Event<RandomAccessFile> opened);

    /// <inheritdoc cref="GetEntry(string, Event{FileEntry?})" path="/summary|/param"/>
    protected abstract void GetEntryCore(string path, Event<FileEntry?> found);

    /// <inheritdoc cref="List(string, Event{FileEntry[]})" path="/summary|/param"/>
    protected abstract void ListCore(string path, Event<FileEntry[]> listed);

    /// <inheritdoc cref="CreateDirectory(string, Event)" path="/summary|/param"/>
    protected abstract void CreateDirectoryCore(string path, Event created);

    /// <inheritdoc cref="Delete(string, Event)" path="/summary|/param"/>
    protected abstract void DeleteCore(string path, Event deleted);

    /// <inheritdoc cref="DeleteDirectory(string, bool, Event)" path="/summary|/param"/>
    protected abstract void DeleteDirectoryCore(string path, bool recursive, Event deleted);

    /// <inheritdoc cref="Rename(string, string, bool, Event)" path="/summary|/param"/>
    protected abstract void RenameCore(string from, string to, bool replace, Event renamed);

    /// <inheritdoc cref="Watch(string, bool, Event{FileWatcher})" path="/summary|/param"/>
    protected abstract void WatchCore(string path, bool recursive, Event<FileWatcher> watching);

    private static bool Admits(Event e) => Operation.Admits(e, EventLoop.Current ?? throw Errors.NoLoop());

    private static void CheckMode(FileMode mode, FileAccess access)
    {
        if (mode is < FileMode.CreateNew or > FileMode.Append)
            throw new ArgumentOutOfRangeException(nameof(mode), mode, "There is no such FileMode.");
        if (access is < FileAccess.Read or > FileAccess.ReadWrite)
            throw new ArgumentOutOfRangeException(nameof(access), access, "There is no such FileAccess.");
        if (mode == FileMode.Append && access != FileAccess.Write)
            throw new ArgumentException("FileMode.Append works only with FileAccess.Write. To read as well, use FileMode.OpenOrCreate and call Append.", nameof(access));
        if (mode is FileMode.CreateNew or FileMode.Create or FileMode.Truncate && access == FileAccess.Read)
            throw new ArgumentException($"FileMode.{mode} changes the file, so it needs FileAccess.Write or FileAccess.ReadWrite.", nameof(access));
    }
}
