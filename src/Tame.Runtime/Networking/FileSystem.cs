namespace Tame;

/// <summary>The files of a <see cref="Network"/>: the system's, or those in the memory of this process.</summary>
/// <remarks>
/// <para>All members are for a loop's thread, and none of them makes the loop wait. What the system refuses fails the event with the exception of <see cref="File"/> and <see cref="Directory"/>; a
/// wrong use throws.</para>
/// <para>An event that completes otherwise, by a time limit or a cancellation, does not undo what the system has begun: the file may be there, renamed or deleted afterward, or not.</para>
/// <para>To write a file system of your own, override the members whose names end in <c>Core</c>. They are called with valid arguments and a pending event of this thread's loop.</para>
/// </remarks>
public abstract class FileSystem
{
    /// <summary>Opens a file. Others may open, write, rename and delete it meanwhile.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="mode">Whether it must exist, and what happens to what it holds. <see cref="FileMode.Append"/> is the same as <see cref="FileMode.OpenOrCreate"/>.</param>
    /// <param name="access">What it is opened for.</param>
    /// <param name="opened">Gets the file, which the receiver owns. Where the event completes otherwise, the file is closed.</param>
    /// <exception cref="ArgumentException">The path is empty, the mode needs another access, or the event belongs to another loop.</exception>
    /// <exception cref="InvalidOperationException">This thread has no loop.</exception>
    public void Open(string path, FileMode mode, FileAccess access, Event<RandomAccessFile> opened)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        CheckMode(mode, access);
        if (Admits(opened.Unblocker))
            OpenCore(path, mode, access, opened);
    }

    /// <summary>Looks whether there is a file or a directory.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="found">Gets what is there; null where nothing is.</param>
    /// <inheritdoc cref="CreateDirectory(string, Event)" path="/exception"/>
    public void GetEntry(string path, Event<FileEntry?> found)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Admits(found.Unblocker))
            GetEntryCore(path, found);
    }

    /// <summary>Lists a directory.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="listed">Gets its files and directories in the ordinal order of their names, without those of its directories.</param>
    /// <inheritdoc cref="CreateDirectory(string, Event)" path="/exception"/>
    public void List(string path, Event<FileEntry[]> listed)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Admits(listed.Unblocker))
            ListCore(path, listed);
    }

    /// <summary>Makes a directory, and those above it that are missing, as <see cref="Directory.CreateDirectory(string)"/> does. One that exists is left as it is.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="created">Triggered when it is there.</param>
    /// <exception cref="ArgumentException">The path is empty, or the event belongs to another loop.</exception>
    /// <exception cref="InvalidOperationException">This thread has no loop.</exception>
    public void CreateDirectory(string path, Event created)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Admits(created))
            CreateDirectoryCore(path, created);
    }

    /// <summary>Deletes a file, as <see cref="File.Delete(string)"/> does: one that is not there is no failure.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="deleted">Triggered when it is gone. Where it is open, its bytes stay until it is closed.</param>
    /// <inheritdoc cref="CreateDirectory(string, Event)" path="/exception"/>
    public void Delete(string path, Event deleted)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Admits(deleted))
            DeleteCore(path, deleted);
    }

    /// <summary>Deletes a directory, as <see cref="Directory.Delete(string, bool)"/> does.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="recursive">Delete what is in it as well; else the directory must be empty.</param>
    /// <param name="deleted">Triggered when it is gone.</param>
    /// <inheritdoc cref="CreateDirectory(string, Event)" path="/exception"/>
    public void DeleteDirectory(string path, bool recursive, Event deleted)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Admits(deleted))
            DeleteDirectoryCore(path, recursive, deleted);
    }

    /// <summary>Gives a file or a directory another path.</summary>
    /// <param name="from">Its path.</param>
    /// <param name="to">The new one, whose directory must exist.</param>
    /// <param name="replace">A file that has the new path is replaced in one step; else, and for directories, that is a failure.</param>
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
    /// <param name="path">Its path.</param>
    /// <param name="recursive">Watch the directories in it as well.</param>
    /// <param name="watching">Gets the watcher, which the receiver owns, when no later change escapes it. Where the event completes otherwise, the watcher is closed.</param>
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
            throw new ArgumentException("FileMode.Append goes with FileAccess.Write only. Use FileMode.OpenOrCreate and Append to read as well.", nameof(access));
        if (mode is FileMode.CreateNew or FileMode.Create or FileMode.Truncate && access == FileAccess.Read)
            throw new ArgumentException($"FileMode.{mode} changes the file, so it needs FileAccess.Write or FileAccess.ReadWrite.", nameof(access));
    }
}
