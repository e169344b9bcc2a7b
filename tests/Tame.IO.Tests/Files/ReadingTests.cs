using System.Diagnostics;

namespace Tame.IO.Tests.Files;

/// <summary>Reads: what they cost, whom they keep waiting, and what they touch when nobody waits for them.</summary>
public sealed partial class ReadingTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("tame-files-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void A_cached_read_allocates_nothing()
    {
        File.WriteAllBytes(_root + "/file", new byte[1 << 16]);
        Networks.Run(Networks.System, done => ReadCached(_root + "/file", done));
    }

    [Theory]
    [InlineData(Networks.Memory)]
    [InlineData(Networks.System)]
    public void A_call_that_reads_on_and_on_does_not_starve_a_timer(string network) => Networks.Run(network, done => ReadUntilTimer(_root, done));

    [Fact]
    public void A_read_that_was_given_up_leaves_the_buffer_alone() => Networks.Run(Networks.Portable, done => GiveUpRead(_root, done));

    [Theory]
    [InlineData(Networks.System)]
    [InlineData(Networks.Portable)]
    public void A_write_that_was_given_up_writes_what_the_buffer_held(string network)
    {
        Networks.Run(network, done => GiveUpWrite(_root, done));
        Assert.True(File.ReadAllBytes(_root + "/file").All(b => b == 1));
    }

    [Fact]
    public void A_pipe_that_nobody_writes_to_blocks_the_pool_and_not_the_loop()
    {
        string pipe = _root + "/pipe";
        using (var mkfifo = Process.Start("mkfifo", pipe))
            mkfifo.WaitForExit();
        Networks.Run(Networks.System, done => OpenPipe(pipe, done));
    }

    [Tamed]
    private static partial void ReadCached(string path, Event done);

    private static void ReadCachedBody(string path, Event done)
    {
        twait(e => Network.Current.Files.Open(path, FileMode.Open, FileAccess.Read, e), out RandomAccessFile file);
        var buffer = new byte[4096];
        long before = 0;
        for (int i = 0; i < 4000; i++)
        {
            if (i == 1000)
                before = GC.GetAllocatedBytesForCurrentThread();
            twait(e => file.Read(buffer, 4096 * (i % 16), e), out int count);
            if (count != buffer.Length)
                throw new InvalidOperationException($"{count}");
        }
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        file.Dispose();
        Assert.True(allocated < 3000, $"{allocated} bytes in 3,000 reads.");
        done.Trigger();
    }

    [Tamed]
    private static partial void ReadUntilTimer(string root, Event done);

    private static void ReadUntilTimerBody(string root, Event done)
    {
        twait(e => Network.Current.Files.CreateDirectory(root, e));
        twait(e => Network.Current.Files.Open(root + "/file", FileMode.Create, FileAccess.ReadWrite, e), out RandomAccessFile file);
        twait(e => file.Write(new byte[100], 0, e));
        bool isOver = false;
        using (twait())
        {
            SetLater(() => isOver = true, mkevent());
            ReadOn(file, () => isOver, mkevent());
        }
        file.Dispose();
        done.Trigger();
    }

    [Tamed]
    private static partial void SetLater(Action set, Event done);

    private static void SetLaterBody(Action set, Event done)
    {
        for (int i = 0; i < 3; i++)
            twait(e => asap(e));
        set();
        done.Trigger();
    }

    [Tamed]
    private static partial void ReadOn(RandomAccessFile file, Func<bool> isOver, Event done);

    private static void ReadOnBody(RandomAccessFile file, Func<bool> isOver, Event done)
    {
        var buffer = new byte[100];
        while (!isOver())
            twait(e => file.Read(buffer, 0, e), out int _);
        done.Trigger();
    }

    [Tamed]
    private static partial void GiveUpRead(string root, Event done);

    private static void GiveUpReadBody(string root, Event done)
    {
        twait(e => Network.Current.Files.Open(root + "/file", FileMode.Create, FileAccess.ReadWrite, e), out RandomAccessFile file);
        twait(e => file.Write(Enumerable.Repeat((byte)1, 8 << 20).ToArray(), 0, e));
        var buffer = new byte[8 << 20];
        for (int i = 0; i < 100; i++)
        {
            using (twait())
            {
                var e = mkevent(out int _);
                file.Read(buffer, 0, e);
                e.Unblock();
            }
            twait(e => timer(TimeSpan.FromMilliseconds(i % 4), e));
            Assert.True(buffer.AsSpan().IndexOf((byte)1) < 0);
        }
        file.Dispose();
        done.Trigger();
    }

    [Tamed]
    private static partial void GiveUpWrite(string root, Event done);

    private static void GiveUpWriteBody(string root, Event done)
    {
        twait(e => Network.Current.Files.Open(root + "/file", FileMode.Create, FileAccess.ReadWrite, e), out RandomAccessFile file);
        var buffer = new byte[8 << 20];
        for (int i = 0; i < 50; i++)
        {
            buffer.AsSpan().Fill(1);
            using (twait())
            {
                var e = mkevent();
                file.Write(buffer, 0, e);
                e.Unblock();
            }
            buffer.AsSpan().Fill(2);
            twait(e => asap(e));
        }
        file.Dispose();
        twait(e => timer(TimeSpan.FromMilliseconds(50), e));
        done.Trigger();
    }

    [Tamed]
    private static partial void OpenPipe(string pipe, Event done);

    private static void OpenPipeBody(string pipe, Event done)
    {
        bool isLate = false;
        try
        {
            twait(e => Network.Current.Files.Open(pipe, FileMode.Open, FileAccess.Read, e.WithTimeout(TimeSpan.FromMilliseconds(20))), out RandomAccessFile _);
        }
        catch (TimeoutException)
        {
            isLate = true;
        }
        Assert.True(isLate);
        using (File.OpenHandle(pipe, FileMode.Open, FileAccess.Write))
            twait(e => timer(TimeSpan.FromMilliseconds(20), e));
        done.Trigger();
    }
}
