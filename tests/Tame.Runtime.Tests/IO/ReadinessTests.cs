using System.Net;
using System.Net.Sockets;
using Tame.IO;

namespace Tame.Runtime.Tests.IO;

/// <summary>When a wait for a descriptor ends; the same for each poller.</summary>
[Collection(nameof(Alone))]
public abstract class ReadinessTests : IDisposable
{
    private readonly Waits _waits;

    protected ReadinessTests() => _waits = new Waits(Open());

    private protected abstract IPoller Open();

    public void Dispose()
    {
        _waits.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void A_reader_waits_until_there_is_something_to_read()
    {
        var (here, there) = Posix.SocketPair();
        _waits.Wait(here, FdEvents.Read, "read");
        Assert.Equal("", _waits.Poll());
        Assert.True(_waits.Table.HasWaiters);
        Posix.Write(there);
        Assert.Equal("read", _waits.Poll());
        Assert.False(_waits.Table.HasWaiters);
    }

    [Fact]
    public void A_writer_waits_until_there_is_room_to_write()
    {
        var (reader, writer) = Posix.Pipe();
        Posix.Fill(writer);
        _waits.Wait(writer, FdEvents.Write, "write");
        Assert.Equal("", _waits.Poll());
        for (int i = 0; i < 65_536; i++)
            Posix.Read(reader);
        Assert.Equal("write", _waits.Poll());
    }

    [Fact]
    public void Who_waits_for_both_is_woken_by_either()
    {
        var (here, there) = Posix.SocketPair();
        Posix.Fill(here);
        _waits.Wait(here, FdEvents.Read | FdEvents.Write, "both");
        Assert.Equal("", _waits.Poll());
        Posix.Write(there);
        Assert.Equal("both", _waits.Poll());
        _waits.Wait(there, FdEvents.Read | FdEvents.Write, "both again");
        Assert.Equal("both again", _waits.Poll());
    }

    [Fact]
    public void A_reader_and_a_writer_of_one_descriptor_wait_for_their_own()
    {
        var (here, there) = Posix.SocketPair();
        _waits.Wait(here, FdEvents.Read, "read");
        _waits.Wait(here, FdEvents.Write, "write");
        Assert.Equal("write", _waits.Poll());
        Assert.Equal("", _waits.Poll());
        Posix.Write(there);
        Assert.Equal("read", _waits.Poll());
    }

    [Fact]
    public void All_who_wait_for_one_descriptor_are_woken_in_the_order_of_their_coming()
    {
        var (here, there) = Posix.SocketPair();
        for (int i = 0; i < 5; i++)
            _waits.Wait(here, FdEvents.Read, "r" + i);
        Posix.Write(there);
        Assert.Equal("r0 r1 r2 r3 r4", _waits.Poll());
    }

    [Fact]
    public void A_hangup_wakes_readers()
    {
        var (reader, writer) = Posix.Pipe();
        _waits.Wait(reader, FdEvents.Read, "read");
        Assert.Equal("", _waits.Poll());
        Posix.Close(writer);
        Assert.Equal("read", _waits.Poll());
    }

    [Fact]
    public void An_error_wakes_writers()
    {
        var (reader, writer) = Posix.Pipe();
        Posix.Fill(writer);
        _waits.Wait(writer, FdEvents.Write, "write");
        Assert.Equal("", _waits.Poll());
        Posix.Close(reader);
        Assert.Equal("write", _waits.Poll());
    }

    [Fact]
    public void The_peers_close_wakes_readers_and_writers_alike()
    {
        var (here, there) = Posix.SocketPair();
        Posix.Fill(here);
        _waits.Wait(here, FdEvents.Read, "read");
        _waits.Wait(here, FdEvents.Write, "write");
        Assert.Equal("", _waits.Poll());
        Posix.Close(there);
        Assert.Equal("read write", _waits.Poll());
    }

    [Fact]
    public void A_hangup_that_nobody_waits_for_lets_the_loop_sleep()
    {
        var (here, there) = Posix.SocketPair();
        using var owner = Posix.Own(here);
        _waits.Wait(owner, FdEvents.Read, "read");
        Posix.Close(there);
        Assert.Equal("read", _waits.Poll());
        Assert.Equal("", _waits.Poll());
        Assert.True(_waits.IsQuiet);
        _waits.Wait(owner, FdEvents.Read, "again");
        Assert.Equal("again", _waits.Poll());
    }

    [Fact]
    public void A_regular_file_is_always_ready()
    {
        using var file = File.OpenHandle(Environment.ProcessPath!);
        _waits.Wait(file, FdEvents.Read, "file");
        Assert.Equal("file", _waits.Poll());
        _waits.Wait((int)file.DangerousGetHandle(), FdEvents.Read, "file again");
        Assert.Equal("file again", _waits.Poll());
        Assert.False(_waits.Table.HasWaiters);
    }

    [Fact]
    public void A_listening_socket_is_readable_when_a_connection_comes()
    {
        using var listener = new Socket(SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        _waits.Wait(listener.SafeHandle, FdEvents.Read, "accept");
        Assert.Equal("", _waits.Poll());
        using var client = new Socket(SocketType.Stream, ProtocolType.Tcp);
        client.Connect(listener.LocalEndPoint!);
        Assert.Equal("accept", _waits.PollUntilSome());
    }

    [Fact]
    public void What_is_ready_and_wanted_by_nobody_lets_the_loop_sleep()
    {
        var (here, there) = Posix.SocketPair();
        using var owner = Posix.Own(here);
        _waits.Wait(owner, FdEvents.Read, "read");
        Posix.Write(there);
        Assert.Equal("read", _waits.Poll());
        Assert.Equal("", _waits.Poll());
        Assert.True(_waits.IsQuiet);
        _waits.Wait(owner, FdEvents.Read, "read again");
        Assert.Equal("read again", _waits.Poll());
    }

    [Fact]
    public void Room_to_write_that_nobody_wants_any_more_lets_a_reader_sleep()
    {
        var (here, there) = Posix.SocketPair();
        using var owner = Posix.Own(here);
        _waits.Wait(owner, FdEvents.Write, "write");
        _waits.Wait(owner, FdEvents.Read, "read");
        Assert.Equal("write", _waits.Poll());
        Assert.Equal("", _waits.Poll());
        Assert.True(_waits.IsQuiet);
        _waits.Wait(owner, FdEvents.Write, "write again");
        Assert.Equal("write again", _waits.Poll());
        Posix.Write(there);
        Assert.Equal("read", _waits.Poll());
    }

    [Fact]
    public void A_waiter_whose_event_completed_otherwise_leaves_at_once()
    {
        var (here, there) = Posix.SocketPair();
        _waits.Wait(here, FdEvents.Read, "first");
        var second = _waits.Wait(here, FdEvents.Read, "second");
        _waits.Wait(here, FdEvents.Read, "third");
        second.Trigger();
        Assert.Equal("second", _waits.Joined());
        Posix.Write(there);
        Assert.Equal("first third", _waits.Poll());
    }

    [Fact]
    public void A_table_whose_only_event_completed_otherwise_has_no_waiters()
    {
        var (here, _) = Posix.SocketPair();
        var e = _waits.Wait(here, FdEvents.Read, "read");
        e.Trigger();
        Assert.False(_waits.Table.HasWaiters);
    }

    [Fact]
    public void An_event_that_waits_for_two_descriptors_is_triggered_by_the_first()
    {
        var (here, there) = Posix.SocketPair();
        var (reader, writer) = Posix.Pipe();
        var e = _waits.Wait(here, FdEvents.Read, "either");
        _waits.Table.Wait(reader, FdEvents.Read, e);
        _waits.Table.Wait(here, FdEvents.Read | FdEvents.Write, e);
        Posix.Write(there);
        Posix.Write(writer);
        Assert.Equal("either", _waits.Poll());
        Assert.False(_waits.Table.HasWaiters);
    }

    [Fact]
    public void A_complete_event_waits_for_nothing()
    {
        var (here, _) = Posix.SocketPair();
        var e = _waits.Make("done");
        e.Trigger();
        _waits.Table.Wait(here, FdEvents.Read, e);
        _waits.Table.Wait(here, FdEvents.Read, default);
        Assert.False(_waits.Table.HasWaiters);
    }

    [Theory]
    [InlineData(FdEvents.None)]
    [InlineData((FdEvents)4)]
    public void Waiting_for_nothing_or_for_the_unknown_is_refused(FdEvents interest)
    {
        var (here, _) = Posix.SocketPair();
        var e = _waits.Make("never");
        Assert.Throws<ArgumentOutOfRangeException>(() => _waits.Table.Wait(here, interest, e));
    }

    [Fact]
    public void A_thousand_descriptors_are_told_apart()
    {
        var pairs = Enumerable.Range(0, 1000).Select(_ => Posix.SocketPair()).ToArray();
        for (int i = 0; i < pairs.Length; i++)
            _waits.Wait(pairs[i].Here, FdEvents.Read, "r" + i);
        int[] order = [.. Enumerable.Range(0, pairs.Length)];
        new Random(4).Shuffle(order);
        foreach (int i in order)
        {
            Posix.Write(pairs[i].There);
            Assert.Equal("r" + i, _waits.Poll());
        }
        foreach (var (here, there) in pairs)
        {
            Posix.Close(here);
            Posix.Close(there);
        }
    }

    [Fact]
    public void A_steady_ping_pong_allocates_nothing()
    {
        var (here, there) = Posix.SocketPair();
        using var left = Posix.Own(here);
        using var right = Posix.Own(there);
        var events = new Rendezvous();
        var maker = Call.Make(static _ => { });
        Rally(200);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Rally(2000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Rally(int rounds)
        {
            for (int i = 0; i < rounds; i++)
            {
                _waits.Table.Wait(left, FdEvents.Read, maker.Make(events, 0));
                Pass(from: there, to: here);
                _waits.Table.Wait(there, FdEvents.Read, maker.Make(events, 0));
                Pass(from: here, to: there);
            }
        }

        void Pass(int from, int to)
        {
            Posix.Write(from);
            _waits.Table.Poll(0);
            if (!events.TryJoin())
                throw new InvalidOperationException("The ball was dropped.");
            Posix.Read(to);
        }
    }
}

public sealed class EpollReadinessTests : ReadinessTests
{
    private protected override IPoller Open() => new EpollPoller();
}
