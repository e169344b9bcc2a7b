namespace Tame.IO.Tests.Files;

/// <summary>Watchers of directories, of the system and in memory.</summary>
public sealed partial class WatcherTests : FolderTests
{
    [Theory]
    [InlineData(Networks.Memory)]
    [InlineData(Networks.System)]
    public void Changes_are_told_in_their_order(string network)
    {
        Networks.Run(network, done => Watch(done));
        Assert.Equal(["Created a", "Renamed b a", "Deleted b", "DirectoryNotFoundException", "ObjectDisposedException"], Seen);
    }

    [Theory]
    [InlineData(Networks.Memory)]
    [InlineData(Networks.System)]
    public void What_overflows_is_told(string network)
    {
        Networks.Run(network, done => Overflow(done));
        Assert.Equal(["Overflow"], Seen);
    }

    [Theory]
    [InlineData(Networks.Memory)]
    [InlineData(Networks.System)]
    public void A_change_that_a_wait_with_a_time_limit_missed_goes_to_the_next(string network)
    {
        Networks.Run(network, done => WaitTwice(done));
        Assert.Equal(["late", "Created a"], Seen);
    }

    [Tamed]
    private partial void Watch(Event done);

    private void WatchBody(Event done)
    {
        twait(e => Files.CreateDirectory(Root, e));
        twait(e => Files.Watch(Root, recursive: false, e), out FileWatcher watcher);
        twait(e => Files.Open(Root + "/a", FileMode.Create, FileAccess.Write, e), out RandomAccessFile file);
        file.Dispose();
        twait(e => Files.Rename(Root + "/a", Root + "/b", replace: false, e));
        twait(e => Files.Delete(Root + "/b", e));
        while (Seen.Count < 3)
        {
            twait(e => watcher.Next(e), out FileChange change);
            if (change.Kind != FileChangeKind.Changed)
                Seen.Add($"{change.Kind} {Path.GetFileName(change.Path)} {Path.GetFileName(change.OldPath)}".TrimEnd());
        }
        try
        {
            twait(e => Files.Watch(Root + "/none", recursive: true, e), out FileWatcher _);
        }
        catch (DirectoryNotFoundException error)
        {
            Seen.Add(error.GetType().Name);
        }
        using (twait())
        {
            CloseLater(watcher, mkevent());
            Fail(watcher, mkevent());
        }
        done.Trigger();
    }

    [Tamed]
    private partial void CloseLater(FileWatcher watcher, Event done);

    private void CloseLaterBody(FileWatcher watcher, Event done)
    {
        twait(e => asap(e));
        watcher.Dispose();
        done.Trigger();
    }

    [Tamed]
    private partial void Fail(FileWatcher watcher, Event done);

    private void FailBody(FileWatcher watcher, Event done)
    {
        try
        {
            twait(e => watcher.Next(e), out FileChange _);
        }
        catch (ObjectDisposedException error)
        {
            Seen.Add(error.GetType().Name);
        }
        done.Trigger();
    }

    [Tamed]
    private partial void Overflow(Event done);

    private void OverflowBody(Event done)
    {
        twait(e => Files.CreateDirectory(Root, e));
        twait(e => Files.Watch(Root, recursive: false, e), out FileWatcher watcher);
        for (int i = 0; i < 5000; i++)
            twait(e => Files.CreateDirectory($"{Root}/{i}", e));
        int count = 0;
        FileChange change;
        do
            twait(e => watcher.Next(e), out change);
        while (change.Kind != FileChangeKind.Overflow && ++count < 5000);
        Seen.Add(change.Kind.ToString());
        watcher.Dispose();
        done.Trigger();
    }

    [Tamed]
    private partial void WaitTwice(Event done);

    private void WaitTwiceBody(Event done)
    {
        twait(e => Files.CreateDirectory(Root, e));
        twait(e => Files.Watch(Root, recursive: false, e), out FileWatcher watcher);
        FileChange change;
        try
        {
            twait(e => watcher.Next(e.WithTimeout(TimeSpan.FromMilliseconds(10))), out change);
        }
        catch (TimeoutException)
        {
            Seen.Add("late");
        }
        twait(e => Files.CreateDirectory(Root + "/a", e));
        twait(e => watcher.Next(e), out change);
        Seen.Add($"{change.Kind} {Path.GetFileName(change.Path)}");
        watcher.Dispose();
        done.Trigger();
    }
}
