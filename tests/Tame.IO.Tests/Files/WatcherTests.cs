namespace Tame.IO.Tests.Files;

/// <summary>Watchers of directories, of the system and in memory.</summary>
public sealed partial class WatcherTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("tame-files-").FullName;
    private readonly List<string> _seen = [];

    private static FileSystem Files => Network.Current.Files;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Theory]
    [InlineData(Networks.Memory)]
    [InlineData(Networks.System)]
    public void Changes_are_told_in_their_order(string network)
    {
        Networks.Run(network, done => Watch(done));
        Assert.Equal(["Created a", "Renamed b a", "Deleted b", "DirectoryNotFoundException", "ObjectDisposedException"], _seen);
    }

    [Theory]
    [InlineData(Networks.Memory)]
    [InlineData(Networks.System)]
    public void What_overflows_is_told(string network)
    {
        Networks.Run(network, done => Overflow(done));
        Assert.Equal(["Overflow"], _seen);
    }

    [Theory]
    [InlineData(Networks.Memory)]
    [InlineData(Networks.System)]
    public void A_change_that_a_wait_with_a_time_limit_missed_goes_to_the_next(string network)
    {
        Networks.Run(network, done => WaitTwice(done));
        Assert.Equal(["late", "Created a"], _seen);
    }

    [Tamed]
    private partial void Watch(Event done);

    private void WatchBody(Event done)
    {
        twait(e => Files.CreateDirectory(_root, e));
        twait(e => Files.Watch(_root, recursive: false, e), out FileWatcher watcher);
        twait(e => Files.Open(_root + "/a", FileMode.Create, FileAccess.Write, e), out RandomAccessFile file);
        file.Dispose();
        twait(e => Files.Rename(_root + "/a", _root + "/b", replace: false, e));
        twait(e => Files.Delete(_root + "/b", e));
        while (_seen.Count < 3)
        {
            twait(e => watcher.Next(e), out FileChange change);
            if (change.Kind != FileChangeKind.Changed)
                _seen.Add($"{change.Kind} {Path.GetFileName(change.Path)} {Path.GetFileName(change.OldPath)}".TrimEnd());
        }
        try
        {
            twait(e => Files.Watch(_root + "/none", recursive: true, e), out FileWatcher _);
        }
        catch (DirectoryNotFoundException error)
        {
            _seen.Add(error.GetType().Name);
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
            _seen.Add(error.GetType().Name);
        }
        done.Trigger();
    }

    [Tamed]
    private partial void Overflow(Event done);

    private void OverflowBody(Event done)
    {
        twait(e => Files.CreateDirectory(_root, e));
        twait(e => Files.Watch(_root, recursive: false, e), out FileWatcher watcher);
        for (int i = 0; i < 5000; i++)
            twait(e => Files.CreateDirectory($"{_root}/{i}", e));
        int count = 0;
        FileChange change;
        do
            twait(e => watcher.Next(e), out change);
        while (change.Kind != FileChangeKind.Overflow && ++count < 5000);
        _seen.Add(change.Kind.ToString());
        watcher.Dispose();
        done.Trigger();
    }

    [Tamed]
    private partial void WaitTwice(Event done);

    private void WaitTwiceBody(Event done)
    {
        twait(e => Files.CreateDirectory(_root, e));
        twait(e => Files.Watch(_root, recursive: false, e), out FileWatcher watcher);
        FileChange change;
        try
        {
            twait(e => watcher.Next(e.WithTimeout(TimeSpan.FromMilliseconds(10))), out change);
        }
        catch (TimeoutException)
        {
            _seen.Add("late");
        }
        twait(e => Files.CreateDirectory(_root + "/a", e));
        twait(e => watcher.Next(e), out change);
        _seen.Add($"{change.Kind} {Path.GetFileName(change.Path)}");
        watcher.Dispose();
        done.Trigger();
    }
}
