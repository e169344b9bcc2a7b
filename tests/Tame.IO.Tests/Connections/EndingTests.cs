using System.Net.Sockets;

namespace Tame.IO.Tests.Connections;

/// <summary>Operations that end otherwise than by what they wait for, and connections that break.</summary>
public sealed partial class EndingTests
{
    public static readonly TheoryData<string> All = Networks.All;
    private static readonly TimeSpan s_short = TimeSpan.FromMilliseconds(20);

    [Theory]
    [MemberData(nameof(All))]
    public void A_receive_whose_time_is_over_takes_no_byte(string network) => Networks.Run(network, LateBytes);

    [Theory]
    [MemberData(nameof(All))]
    public void A_send_that_is_broken_off_ends_sending(string network) => Networks.Run(network, BrokenOff);

    [Theory]
    [MemberData(nameof(All))]
    public void A_send_that_is_cancelled_before_its_first_byte_leaves_the_connection_whole(string network) => Networks.Run(network, NotBegun);

    [Theory]
    [MemberData(nameof(All))]
    public void A_second_operation_of_a_kind_is_refused(string network) => Networks.Run(network, Second);

    [Theory]
    [MemberData(nameof(All))]
    public void A_close_fails_what_is_under_way_and_what_comes_later(string network) => Networks.Run(network, Closed);

    [Theory]
    [MemberData(nameof(All))]
    public void An_abort_resets_the_other_end(string network) => Networks.Run(network, Aborted);

    [Theory]
    [MemberData(nameof(All))]
    public void A_close_with_bytes_unread_resets_the_other_end(string network) => Networks.Run(network, Unread);

    [Theory]
    [MemberData(nameof(All))]
    public void A_peer_that_is_gone_fails_sends_in_the_end(string network) => Networks.Run(network, Gone);

    [Theory]
    [MemberData(nameof(All))]
    public void An_event_that_is_complete_starts_nothing(string network) => Networks.Run(network, Complete);

    [Theory]
    [MemberData(nameof(All))]
    public void The_detached_event_may_take_results(string network) => Networks.Run(network, Detached);

    [Theory]
    [MemberData(nameof(All))]
    public void Another_thread_may_close_a_connection(string network) => Networks.Run(network, FromOutside);

    [Theory]
    [MemberData(nameof(All))]
    public void An_event_of_another_loop_is_refused(string network)
    {
        using var other = new EventLoop();
        var kept = new List<Event<int>>();
        Keep(kept, Event.Ignored);
        Networks.Run(network, (client, server, done) =>
        {
            var error = Assert.Throws<ArgumentException>(() => client.Receive(new byte[1], kept[0]));
            Assert.StartsWith("The event belongs to another loop.", error.Message, StringComparison.Ordinal);
            done.Trigger();
        });
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Another_thread_may_not_use_a_connection(string network) => Networks.Run(network, (client, server, done) =>
    {
        var thread = new Thread(() => Assert.StartsWith(
            network == Networks.Guest ? "This connection belongs to the guest loop" : "This connection belongs to the event loop of thread",
            Assert.Throws<InvalidOperationException>(() => client.TryReceive(new byte[1], out _)).Message,
            StringComparison.Ordinal));
        thread.Start();
        thread.Join();
        done.Trigger();
    });

    /// <summary>Waits for an event that it gives away.</summary>
    [Tamed]
    private static partial void Keep(List<Event<int>> kept, Event done);

    private static void KeepBody(List<Event<int>> kept, Event done)
    {
        using (twait())
            kept.Add(mkevent(out int _));
        done.Trigger();
    }

    [Tamed]
    private static partial void LateBytes(Connection client, Connection server, Event done);

    private static void LateBytesBody(Connection client, Connection server, Event done)
    {
        var buffer = new byte[10];
        for (byte i = 1; i <= 3; i++)
        {
            try
            {
                twait(e => server.Receive(buffer, e.WithTimeout(s_short)), out int _);
                Assert.Fail("There was something to receive.");
            }
            catch (TimeoutException)
            {
                twait(e => client.Send(new byte[] { i, i }, e));
            }
            twait(e => Networks.ReceiveAll(server, 2, 10, e), out byte[] received);
            Assert.Equal([i, i], received);
        }
        Assert.Equal(0, buffer[0]);
        done.Trigger();
    }

    [Tamed]
    private static partial void BrokenOff(Connection client, Connection server, Event done);

    private static void BrokenOffBody(Connection client, Connection server, Event done)
    {
        try
        {
            twait(e => client.Send(new byte[20_000_000], e.WithTimeout(s_short)));
            Assert.Fail("All of it was sent.");
        }
        catch (TimeoutException)
        {
        }
        try
        {
            twait(e => client.Send(new byte[] { 1 }, e));
            Assert.Fail("More was sent.");
        }
        catch (IOException error)
        {
            Assert.StartsWith("The last send on this connection stopped after ", error.Message, StringComparison.Ordinal);
        }
        Assert.Throws<IOException>(() => client.TrySend(new byte[1], out _));
        done.Trigger();
    }

    [Tamed]
    private static partial void NotBegun(Connection client, Connection server, Event done);

    private static void NotBegunBody(Connection client, Connection server, Event done)
    {
        long sent = 0;
        for (bool isFull = false; !isFull;)
        {
            while (client.TrySend(new byte[100_000], out int count))
                sent += count;
            try
            {
                twait(e => client.Send(new byte[] { 1 }, e.WithTimeout(s_short)));
                sent++;     // the system has moved bytes on, and found room
            }
            catch (TimeoutException)
            {
                isFull = true;
            }
        }
        twait(e => Networks.ReceiveAll(server, (int)sent, 100_000, e), out byte[] _);
        twait(e => client.Send(new byte[] { 2 }, e));
        twait(e => Networks.ReceiveAll(server, 1, 10, e), out byte[] received);
        Assert.Equal([2], received);
        done.Trigger();
    }

    [Tamed]
    private static partial void Second(Connection client, Connection server, Event done);

    private static void SecondBody(Connection client, Connection server, Event done)
    {
        client.Receive(new byte[1], Event<int>.Ignored);
        Assert.Equal(
            "Another receive is already in progress on this connection. Wait for its event before you start the next one, or cancel it.",
            Assert.Throws<InvalidOperationException>(() => client.Receive(new byte[1], Event<int>.Ignored)).Message);
        Assert.Throws<InvalidOperationException>(() => client.TryReceive(new byte[1], out _));
        client.Send(new byte[20_000_000], Event.Ignored);
        Assert.Throws<InvalidOperationException>(() => client.Send(new byte[1], Event.Ignored));
        Assert.Throws<InvalidOperationException>(() => client.TrySend(new byte[1], out _));
        Assert.Throws<InvalidOperationException>(client.CloseSend);
        done.Trigger();
    }

    [Tamed]
    private static partial void Closed(Connection client, Connection server, Event done);

    private static void ClosedBody(Connection client, Connection server, Event done)
    {
        foreach (bool isLater in new[] { false, true })
        {
            try
            {
                using (twait())
                {
                    server.Receive(new byte[1], mkevent(out int _));
                    server.Dispose();
                }
                Assert.Fail("It received.");
            }
            catch (ObjectDisposedException error)
            {
                Assert.StartsWith("The connection is closed.", error.Message, StringComparison.Ordinal);
            }
            try
            {
                twait(e => server.Send(new byte[1], e));
                Assert.Fail("It sent.");
            }
            catch (ObjectDisposedException)
            {
            }
        }
        Assert.True(server.IsClosed);
        Assert.Throws<ObjectDisposedException>(() => server.TryReceive(new byte[1], out _));
        Assert.Throws<ObjectDisposedException>(server.CloseSend);
        twait(e => client.Receive(new byte[1], e), out int end);
        Assert.Equal(0, end);
        done.Trigger();
    }

    [Tamed]
    private static partial void Aborted(Connection client, Connection server, Event done);

    private static void AbortedBody(Connection client, Connection server, Event done)
    {
        server.Abort();
        try
        {
            twait(e => client.Receive(new byte[1], e), out int _);
            Assert.Fail("It received.");
        }
        catch (SocketException error)
        {
            Assert.Equal(SocketError.ConnectionReset, error.SocketErrorCode);
            Assert.StartsWith($"Receiving from {client.RemoteEndPoint} failed: ", error.Message, StringComparison.Ordinal);
        }
        done.Trigger();
    }

    [Tamed]
    private static partial void Unread(Connection client, Connection server, Event done);

    private static void UnreadBody(Connection client, Connection server, Event done)
    {
        twait(e => client.Send(new byte[] { 1, 2, 3 }, e));
        twait(e => server.Receive(new byte[1], e), out int _);
        server.Dispose();
        try
        {
            twait(e => client.Receive(new byte[1], e), out int _);
            Assert.Fail("It received.");
        }
        catch (SocketException error)
        {
            Assert.Equal(SocketError.ConnectionReset, error.SocketErrorCode);
        }
        done.Trigger();
    }

    [Tamed]
    private static partial void Gone(Connection client, Connection server, Event done);

    private static void GoneBody(Connection client, Connection server, Event done)
    {
        server.Dispose();
        try
        {
            while (true)
                twait(e => client.Send(new byte[1000], e));
        }
        catch (SocketException error)
        {
            Assert.Contains(error.SocketErrorCode, new[] { SocketError.Shutdown, SocketError.ConnectionReset });
        }
        done.Trigger();
    }

    [Tamed]
    private static partial void Complete(Connection client, Connection server, Event done);

    private static void CompleteBody(Connection client, Connection server, Event done)
    {
        twait(e => client.Send(new byte[] { 1 }, e));
        twait(e => server.Receive(Memory<byte>.Empty, e), out int _);
        using (twait())
        {
            var e = mkevent(out int _);
            e.Trigger(0);
            server.Receive(new byte[1], e);
            server.Receive(new byte[1], default);
        }
        Assert.True(server.TryReceive(new byte[10], out int count));
        Assert.Equal(1, count);
        done.Trigger();
    }

    [Tamed]
    private static partial void Detached(Connection client, Connection server, Event done);

    private static void DetachedBody(Connection client, Connection server, Event done)
    {
        for (byte i = 0; i < 40; i++)
        {
            client.Send(new[] { i }, Event.Detached);
            var buffer = new byte[1];
            server.Receive(buffer, Event<int>.Detached);
            while (buffer[0] != i)
                twait(e => asap(e));
        }
        done.Trigger();
    }

    [Tamed]
    private static partial void FromOutside(Connection client, Connection server, Event done);

    private static void FromOutsideBody(Connection client, Connection server, Event done)
    {
        try
        {
            using (twait())
            {
                server.Receive(new byte[1], mkevent(out int _));
                Task.Run(server.Dispose).Trigger(mkevent());
            }
            Assert.Fail("It received.");
        }
        catch (ObjectDisposedException)
        {
        }
        twait(e => client.Receive(new byte[1], e), out int end);
        Assert.Equal(0, end);
        done.Trigger();
    }
}
