namespace Files;

/// <summary>Watches a folder while a file in it is created and deleted.</summary>
internal static partial class Watches
{
    [Tamed]
    public static partial void Watch(string folder, TextWriter output, Event done);

    private static void WatchBody(string folder, TextWriter output, Event done)
    {
        #region watch
        var files = Network.Current.Files;
        twait(e => files.CreateDirectory(folder, e));
        twait(e => files.Watch(folder, recursive: false, e), out FileWatcher watcher);
        using var closing = watcher;
        twait(e => files.CreateDirectory($"{folder}/new", e));
        twait(e => files.DeleteDirectory($"{folder}/new", recursive: false, e));
        FileChange change;
        do
        {
            twait(e => watcher.Next(e), out change);
            output.WriteLine($"{change.Kind} {Path.GetFileName(change.Path)}");
        }
        while (change.Kind is not (FileChangeKind.Deleted or FileChangeKind.Overflow));
        #endregion
        done.Trigger();
    }
}
