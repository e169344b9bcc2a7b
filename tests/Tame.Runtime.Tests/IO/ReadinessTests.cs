using System.Net;
using System.Net.Sockets;

namespace Tame.Runtime.Tests.IO;

/// <summary>When a wait for a descriptor ends. The tests are the same for each poller.</summary>
public abstract class ReadinessTests : PollerTests
{
    private protected ReadinessTests(PollerKind kind)
        : base(kind)
    {
    }

    [Fact]
    public void A_reader_waits_until_there_is_something_to_read()
    {
        var (here, there) = Posix.SocketPair();
        Waits.Wait(here, FdEvents.Read, "read");
        Assert.Equal("", Waits.Poll());
        Assert.True(Waits.Table.HasWaiters);
        Posix.Write(there);
        Assert.Equal("read", Waits.Poll());
        Assert.False(Waits.Table.HasWaiters);
    }

    [Fact]
    public void A_writer_waits_until_there_is_room_to_write()
    {
        var (here, there) = Posix.SocketPair();
        Posix.Fill(here);
        Waits.Wait(here, FdEvents.Write, "write");
        Assert.Equal("", Waits.Poll());
        Posix.Drain(there);
        Assert.Equal("write", Waits.Poll());
    }

    [Fact]
    public void Who_waits_for_both_is_woken_by_either()
    {
        var (here, there) = Posix.SocketPair();
        Posix.Fill(here);
        Waits.Wait(here, FdEvents.Read | FdEvents.Write, "both");
        Assert.Equal("", Waits.Poll());
        Posix.Write(there);
        Assert.Equal("both", Waits.Poll());
        Waits.Wait(there, FdEvents.Read | FdEvents.Write, "both again");
        Assert.Equal("both again", Waits.Poll());
    }

    [Fact]
    public void A_reader_and_a_writer_of_one_descriptor_wait_for_their_own()
    {
        var (here, there) = Posix.SocketPair();
        Waits.Wait(here, FdEvents.Read, "read");
        Waits.Wait(here, FdEvents.Write, "write");
        Assert.Equal("write", Waits.Poll());
        Assert.Equal("", Waits.Poll());
        Posix.Write(there);
        Assert.Equal("read", Waits.Poll());
    }

    [Fact]
    public void All_who_wait_for_one_descriptor_are_woken_in_the_order_of_their_coming()
    {
        var (here, there) = Posix.SocketPair();
        for (int i = 0; i < 5; i++)
            Waits.Wait(here, FdEvents.Read, "r" + i);
        Posix.Write(there);
        Assert.Equal("r0 r1 r2 r3 r4", Waits.Poll());
    }

    [Fact]
    public void A_listening_socket_is_readable_when_a_connection_comes()
    {
        using var listener = new Socket(SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        Waits.Wait(listener.SafeHandle, FdEvents.Read, "accept");
        Assert.Equal("", Waits.Poll());
        using var client = new Socket(SocketType.Stream, ProtocolType.Tcp);
        client.Connect(listener.LocalEndPoint!);
        Assert.Equal("accept", Waits.PollUntilSome());
    }

    [Fact]
    public void What_is_ready_and_wanted_by_nobody_lets_the_loop_sleep()
    {
        var (here, there) = Posix.SocketPair();
        using var owner = Posix.Own(here);
        Waits.Wait(owner, FdEvents.Read, "read");
        Posix.Write(there);
        Assert.Equal("read", Waits.Poll());
        Assert.Equal("", Waits.Poll());
        Assert.True(Waits.IsQuiet);
        Waits.Wait(owner, FdEvents.Read, "read again");
        Assert.Equal("read again", Waits.Poll());
    }

    [Fact]
    public void Room_to_write_that_nobody_wants_any_more_lets_a_reader_sleep()
    {
        var (here, there) = Posix.SocketPair();
        using var owner = Posix.Own(here);
        Waits.Wait(owner, FdEvents.Write, "write");
        Waits.Wait(owner, FdEvents.Read, "read");
        Assert.Equal("write", Waits.Poll());
        Assert.Equal("", Waits.Poll());
        Assert.True(Waits.IsQuiet);
        Waits.Wait(owner, FdEvents.Write, "write again");
        Assert.Equal("write again", Waits.Poll());
        Posix.Write(there);
        Assert.Equal("read", Waits.Poll());
    }

    [Fact]
    public void A_waiter_whose_event_completed_otherwise_leaves_at_once()
    {
        var (here, there) = Posix.SocketPair();
        Waits.Wait(here, FdEvents.Read, "first");
        var second = Waits.Wait(here, FdEvents.Read, "second");
        Waits.Wait(here, FdEvents.Read, "third");
        second.Trigger();
        Assert.Equal("second", Waits.Joined());
        Posix.Write(there);
        Assert.Equal("first third", Waits.Poll());
    }

    [Fact]
    public void A_table_whose_only_event_completed_otherwise_has_no_waiters()
    {
        var (here, _) = Posix.SocketPair();
        var e = Waits.Wait(here, FdEvents.Read, "read");
        e.Trigger();
        Assert.False(Waits.Table.HasWaiters);
    }

    [Fact]
    public void An_event_that_waits_for_two_descriptors_is_triggered_by_the_first()
    {
        var (here, there) = Posix.SocketPair();
        var (other, otherPeer) = Posix.SocketPair();
        var e = Waits.Wait(here, FdEvents.Read, "either");
        Waits.Table.Wait(other, FdEvents.Read, e);
        Waits.Table.Wait(here, FdEvents.Read | FdEvents.Write, e);
        Posix.Write(there);
        Posix.Write(otherPeer);
        Assert.Equal("either", Waits.Poll());
        Assert.False(Waits.Table.HasWaiters);
    }

    [Fact]
    public void A_complete_event_waits_for_nothing()
    {
        var (here, _) = Posix.SocketPair();
        var e = Waits.Make("done");
        e.Trigger();
        Waits.Table.Wait(here, FdEvents.Read, e);
        Waits.Table.Wait(here, FdEvents.Read, default);
        Assert.False(Waits.Table.HasWaiters);
    }

    [Theory]
    [InlineData(FdEvents.None)]
    [InlineData((FdEvents)4)]
    public void Waiting_for_nothing_or_for_the_unknown_is_refused(FdEvents interest)
    {
        var (here, _) = Posix.SocketPair();
        var e = Waits.Make("never");
        Assert.Throws<ArgumentOutOfRangeException>(() => Waits.Table.Wait(here, interest, e));
    }

    [Fact]
    public void A_thousand_descriptors_are_told_apart()
    {
        var pairs = Enumerable.Range(0, 1000).Select(_ => Posix.SocketPair()).ToArray();
        for (int i = 0; i < pairs.Length; i++)
            Waits.Wait(pairs[i].Here, FdEvents.Read, "r" + i);
        int[] order = [.. Enumerable.Range(0, pairs.Length)];
        new Random(4).Shuffle(order);
        foreach (int i in order)
        {
            Posix.Write(pairs[i].There);
            Assert.Equal("r" + i, Waits.Poll());
        }
        foreach (var (here, there) in pairs)
        {
            Posix.Close(here);
            Posix.Close(there);
        }
    }
}

public sealed class EpollReadinessTests() : ReadinessTests(PollerKind.Epoll);

public sealed class EpollLoopReadinessTests() : ReadinessTests(PollerKind.Epoll.UnderLoop);

public sealed class PollReadinessTests() : ReadinessTests(PollerKind.Poll);

public sealed class PollLoopReadinessTests() : ReadinessTests(PollerKind.Poll.UnderLoop);

public sealed class SelectReadinessTests() : ReadinessTests(PollerKind.Select);

public sealed class SelectLoopReadinessTests() : ReadinessTests(PollerKind.Select.UnderLoop);
