using Tame.Runtime.Tests.IO;

namespace Tame.Runtime.Tests.Running;

/// <summary>A process without free descriptors. It is a child process, so that parallel tests keep theirs.</summary>
/// <remarks>
/// While a child starts it holds a copy of every descriptor, so a descriptor that a test closes then stays open. That is why this test is in the collection.
/// </remarks>
[Collection(nameof(Descriptors))]
public sealed class DescriptorLimitTests
{
    [Theory]
    [InlineData("epoll")]
    [InlineData("poll")]
    [InlineData("select")]
    public void A_loop_that_gets_no_descriptor_says_so_and_one_that_has_its_own_goes_on(string poller)
    {
        if (Child.Role is { } role)
        {
            WithoutDescriptors(KindOf(role));
            return;
        }
        var (exitCode, output) = Child.Run(typeof(DescriptorLimitTests), poller, first: "ulimit -n 250");
        Assert.True(exitCode == 0, output);
    }

    private static PollerKind KindOf(string name) => name switch
    {
        "epoll" => PollerKind.Epoll,
        "poll" => PollerKind.Poll,
        _ => PollerKind.Select,
    };

    private static void WithoutDescriptors(PollerKind kind)
    {
        var (here, there) = Posix.SocketPair(moveUp: false);
        using var waits = new Waits(kind.Open(), underLoop: false);
        EventLoop.Run(done => Call.Blocks(done, Sleep), kind.Loop);       // what is loaded once is loaded
        waits.Wait(there, FdEvents.Write, "first");
        Assert.Equal("first", waits.Poll());

        var taken = Posix.TakeAllDescriptors(here);
        waits.Wait(here, FdEvents.Read, "read");
        Posix.Write(there);
        string joined = waits.Poll();
        Exception? error = null;
        try
        {
            EventLoop.Run(done => Call.Blocks(done, Sleep), kind.Loop);
        }
        catch (IOException e)
        {
            error = e;
        }
        foreach (int fd in taken)
            Posix.Close(fd);
        Assert.Equal("read", joined);
        Assert.NotNull(error);
        Assert.Contains("The event loop cannot watch", error.Message, StringComparison.Ordinal);
        Assert.Contains("as its limit allows: close some", error.Message, StringComparison.Ordinal);
        EventLoop.Run(done => Call.Blocks(done, Sleep), kind.Loop);
    }

    /// <summary>Long enough that the loop sleeps on a busy machine, because a timer that is due at once needs no descriptor.</summary>
    private static void Sleep(Call call) => Primitives.timer(TimeSpan.FromMilliseconds(200), call.Make(1));
}
