namespace Tame.Runtime.Tests.IO;

/// <summary>Files other than sockets, for the pollers that watch them.</summary>
public abstract class PipeTests : PollerTests
{
    private protected PipeTests(PollerKind kind)
        : base(kind)
    {
    }

    [Fact]
    public void A_hangup_wakes_readers()
    {
        var (reader, writer) = Posix.Pipe();
        Waits.Wait(reader, FdEvents.Read, "read");
        Assert.Equal("", Waits.Poll());
        Posix.Close(writer);
        Assert.Equal("read", Waits.Poll());
    }

    [Fact]
    public void An_error_wakes_writers()
    {
        var (reader, writer) = Posix.Pipe();
        Posix.Fill(writer);
        Waits.Wait(writer, FdEvents.Write, "write");
        Assert.Equal("", Waits.Poll());
        Posix.Close(reader);
        Assert.Equal("write", Waits.Poll());
    }

    [Fact]
    public void A_regular_file_is_always_ready()
    {
        using var file = File.OpenHandle(Environment.ProcessPath!);
        Waits.Wait(file, FdEvents.Read, "file");
        Assert.Equal("file", Waits.Poll());
        Waits.Wait((int)file.DangerousGetHandle(), FdEvents.Read, "file again");
        Assert.Equal("file again", Waits.Poll());
        Assert.False(Waits.Table.HasWaiters);
    }

    [Fact]
    public void A_number_that_went_to_a_regular_file_is_ready_and_its_old_waiters_fail()
    {
        var (old, oldPeer) = Kind.Pair();
        Waits.Wait(old, FdEvents.Read, "old");
        using (var file = File.OpenHandle(Environment.ProcessPath!))
            Posix.Replace(old, Posix.Duplicate((int)file.DangerousGetHandle()));
        Waits.Wait(old, FdEvents.Read, "file");
        Assert.Equal("old! file", Waits.Poll());
        Assert.False(Waits.Table.HasWaiters);
        Posix.Close(oldPeer);
    }
}

public sealed class EpollPipeTests() : PipeTests(PollerKind.Epoll);

public sealed class EpollLoopPipeTests() : PipeTests(PollerKind.Epoll.UnderLoop);

public sealed class PollPipeTests() : PipeTests(PollerKind.Poll);

public sealed class PollLoopPipeTests() : PipeTests(PollerKind.Poll.UnderLoop);
