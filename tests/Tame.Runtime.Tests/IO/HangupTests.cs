using System.Net;
using System.Net.Sockets;

namespace Tame.Runtime.Tests.IO;

/// <summary>Peers that close, reset, and refuse. The tests are the same for each poller.</summary>
public abstract class HangupTests : PollerTests
{
    private protected HangupTests(PollerKind kind)
        : base(kind)
    {
    }

    [Fact]
    public void The_peers_close_wakes_readers_and_writers_alike()
    {
        var (here, there) = Posix.SocketPair();
        Posix.Fill(here);
        Waits.Wait(here, FdEvents.Read, "read");
        Waits.Wait(here, FdEvents.Write, "write");
        Assert.Equal("", Waits.Poll());
        Posix.Close(there);
        Assert.Equal("read write", Waits.Poll());
    }

    [Fact]
    public void A_hangup_that_nobody_waits_for_lets_the_loop_sleep()
    {
        var (here, there) = Posix.SocketPair();
        using var owner = Posix.Own(here);
        Waits.Wait(owner, FdEvents.Read, "read");
        Posix.Close(there);
        Assert.Equal("read", Waits.Poll());
        Assert.Equal("", Waits.Poll());
        Assert.True(Waits.IsQuiet);
        Waits.Wait(owner, FdEvents.Read, "again");
        Assert.Equal("again", Waits.Poll());
    }

    [Fact]
    public void A_reset_wakes_readers_and_writers_alike()
    {
        var (here, there) = Posix.TcpPair();
        Posix.Fill(here);
        Waits.Wait(here, FdEvents.Read, "read");
        Waits.Wait(here, FdEvents.Write, "write");
        Assert.Equal("", Waits.Poll());
        Posix.Reset(there);
        Assert.Equal("read write", Waits.PollUntil(2));
    }

    [Fact]
    public void A_reset_of_what_only_a_reader_waits_for_wakes_him()
    {
        var (here, there) = Posix.TcpPair();
        using var owner = Posix.Own(here);
        Waits.Wait(owner, FdEvents.Read, "read");
        Posix.Reset(there);
        Assert.Equal("read", Waits.PollUntilSome());
        Assert.Equal("", Waits.Poll());
        Assert.True(Waits.IsQuiet);
    }

    [Fact]
    public void A_peer_that_writes_no_more_wakes_readers_only()
    {
        var (here, there) = Posix.SocketPair();
        Posix.Fill(here);
        Waits.Wait(here, FdEvents.Read, "read");
        Waits.Wait(here, FdEvents.Write, "write");
        Posix.EndWriting(there);
        Assert.Equal("read", Waits.Poll());
        Assert.Equal("", Waits.Poll());
        Assert.True(Waits.Table.HasWaiters);
    }

    [Fact]
    public void A_connect_that_is_refused_wakes_who_waits_for_it()
    {
        using var listener = new Socket(SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        using var client = new Socket(SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
        Assert.Throws<SocketException>(() => client.Connect(listener.LocalEndPoint!));
        Waits.Wait(client.SafeHandle, FdEvents.Write, "connect");
        Assert.Equal("connect", Waits.PollUntilSome());
    }
}

public sealed class EpollHangupTests() : HangupTests(PollerKind.Epoll);

public sealed class EpollLoopHangupTests() : HangupTests(PollerKind.Epoll.UnderLoop);

public sealed class PollHangupTests() : HangupTests(PollerKind.Poll);

public sealed class PollLoopHangupTests() : HangupTests(PollerKind.Poll.UnderLoop);

public sealed class SelectHangupTests() : HangupTests(PollerKind.Select);

public sealed class SelectLoopHangupTests() : HangupTests(PollerKind.Select.UnderLoop);
