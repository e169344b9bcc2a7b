using System.Buffers;

namespace Tame.IO.Tests.Connections;

/// <summary>What goes in at one end of a connection comes out at the other.</summary>
public sealed partial class StreamTests
{
    public static readonly TheoryData<string> All = Networks.All;
    private static readonly byte[] s_large = Bytes(3_000_000);

    [Theory]
    [MemberData(nameof(All))]
    public void A_send_larger_than_all_buffers_arrives_whole_and_in_order(string network) => Networks.Run(network, Large);

    [Theory]
    [MemberData(nameof(All))]
    public void Many_buffers_arrive_in_their_order(string network) => Networks.Run(network, Vectored);

    [Theory]
    [MemberData(nameof(All))]
    public void A_part_of_a_file_arrives(string network) => Networks.Run(network, OfFile);

    [Theory]
    [MemberData(nameof(All))]
    public void A_file_that_is_too_short_fails_the_send(string network) => Networks.Run(network, OfShortFile);

    [Theory]
    [MemberData(nameof(All))]
    public void Each_side_ends_its_own_direction(string network) => Networks.Run(network, HalfClose);

    [Theory]
    [MemberData(nameof(All))]
    public void An_empty_buffer_waits_for_bytes_and_takes_none(string network) => Networks.Run(network, Empty);

    [Theory]
    [MemberData(nameof(All))]
    public void Attempts_take_what_is_there_and_never_wait(string network) => Networks.Run(network, Attempts);

    [Theory]
    [MemberData(nameof(All))]
    public void A_send_of_nothing_completes(string network) => Networks.Run(network, Nothing);

    private static byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        new Random(5).NextBytes(bytes);
        return bytes;
    }

    [Tamed]
    private static partial void Large(Connection client, Connection server, Event done);

    private static void LargeBody(Connection client, Connection server, Event done)
    {
        byte[] received;
        using (twait())
        {
            client.Send(s_large, mkevent());
            Networks.ReceiveAll(server, s_large.Length, 10_000, mkevent(out received));
        }
        Assert.True(received.AsSpan().SequenceEqual(s_large));
        done.Trigger();
    }

    [Tamed]
    private static partial void Vectored(Connection client, Connection server, Event done);

    private static void VectoredBody(Connection client, Connection server, Event done)
    {
        var parts = Parts.Of(s_large, sizes: [1, 0, 700, 3, 65536, 12, 1_000_000, 5, 40_000]);
        byte[] received;
        using (twait())
        {
            client.Send(in parts, mkevent());
            Networks.ReceiveAll(server, s_large.Length, 100_000, mkevent(out received));
        }
        Assert.True(received.AsSpan().SequenceEqual(s_large));
        done.Trigger();
    }

    [Tamed]
    private static partial void OfFile(Connection client, Connection server, Event done);

    private static void OfFileBody(Connection client, Connection server, Event done)
    {
        string path = Path.GetTempFileName();
        try
        {
            twait(File.WriteAllBytesAsync(path, s_large));
            using var file = File.OpenHandle(path);
            byte[] received;
            using (twait())
            {
                client.SendFile(file, 1000, 2_000_000, mkevent());
                Networks.ReceiveAll(server, 2_000_000, 100_000, mkevent(out received));
            }
            Assert.True(received.AsSpan().SequenceEqual(s_large.AsSpan(1000, 2_000_000)));
        }
        finally
        {
            File.Delete(path);
        }
        done.Trigger();
    }

    [Tamed]
    private static partial void OfShortFile(Connection client, Connection server, Event done);

    private static void OfShortFileBody(Connection client, Connection server, Event done)
    {
        string path = Path.GetTempFileName();
        try
        {
            twait(File.WriteAllBytesAsync(path, new byte[] { 1, 2, 3 }));
            using var file = File.OpenHandle(path);
            try
            {
                twait(e => client.SendFile(file, 1, 10, e));
                Assert.Fail("It sent more than there is.");
            }
            catch (EndOfStreamException error)
            {
                Assert.StartsWith("The file ends at byte 3, and 8 more bytes", error.Message, StringComparison.Ordinal);
            }
        }
        finally
        {
            File.Delete(path);
        }
        done.Trigger();
    }

    [Tamed]
    private static partial void HalfClose(Connection client, Connection server, Event done);

    private static void HalfCloseBody(Connection client, Connection server, Event done)
    {
        twait(e => client.Send(new byte[] { 1, 2 }, e));
        client.CloseSend();
        client.CloseSend();
        twait(e => Networks.ReceiveAll(server, 100, 100, e), out byte[] up);
        Assert.Equal([1, 2], up);
        Assert.Throws<InvalidOperationException>(() => client.Send(new byte[] { 3 }, Event.Ignored));
        twait(e => server.Send(new byte[] { 4, 5, 6 }, e));
        server.Dispose();
        twait(e => Networks.ReceiveAll(client, 100, 100, e), out byte[] down);
        Assert.Equal([4, 5, 6], down);
        twait(e => client.Receive(new byte[1], e), out int again);
        Assert.Equal(0, again);
        done.Trigger();
    }

    [Tamed]
    private static partial void Empty(Connection client, Connection server, Event done);

    private static void EmptyBody(Connection client, Connection server, Event done)
    {
        int none;
        using (twait())
        {
            server.Receive(Memory<byte>.Empty, mkevent(out none));
            client.Send(new byte[] { 7 }, mkevent());
        }
        Assert.Equal(0, none);
        var buffer = new byte[10];
        twait(e => server.Receive(Memory<byte>.Empty, e), out none);
        Assert.True(server.TryReceive(buffer, out int count));
        Assert.Equal((1, 7), (count, buffer[0]));
        done.Trigger();
    }

    [Tamed]
    private static partial void Attempts(Connection client, Connection server, Event done);

    private static void AttemptsBody(Connection client, Connection server, Event done)
    {
        var buffer = new byte[1000];
        Assert.False(server.TryReceive(buffer, out int count));
        Assert.Equal(0, count);
        Assert.True(client.TrySend(new byte[] { 1, 2, 3 }, out count));
        Assert.Equal(3, count);
        twait(e => server.Receive(Memory<byte>.Empty, e), out int _);
        Assert.True(server.TryReceive(buffer, out count));
        Assert.Equal(3, count);
        long sent = 0;
        while (client.TrySend(s_large, out count))
            sent += count;
        Assert.True(sent > 0);
        twait(e => Networks.ReceiveAll(server, (int)sent, 100_000, e), out byte[] received);
        Assert.Equal(sent, received.Length);
        client.CloseSend();
        twait(e => server.Receive(Memory<byte>.Empty, e), out int _);
        Assert.True(server.TryReceive(buffer, out count));
        Assert.Equal(0, count);
        done.Trigger();
    }

    [Tamed]
    private static partial void Nothing(Connection client, Connection server, Event done);

    private static void NothingBody(Connection client, Connection server, Event done)
    {
        var none = ReadOnlySequence<byte>.Empty;
        using (twait())
        {
            client.Send(ReadOnlyMemory<byte>.Empty, mkevent());
            client.Send(in none, mkevent());
        }
        Assert.Throws<ArgumentOutOfRangeException>(() => client.SendFile(new Microsoft.Win32.SafeHandles.SafeFileHandle(), -1, 0, Event.Ignored));
        done.Trigger();
    }
}

/// <summary>A sequence of several buffers.</summary>
internal sealed class Parts : ReadOnlySequenceSegment<byte>
{
    /// <summary>Cuts bytes into buffers of these sizes, and one for the rest.</summary>
    public static ReadOnlySequence<byte> Of(ReadOnlyMemory<byte> bytes, params ReadOnlySpan<int> sizes)
    {
        var first = new Parts { Memory = bytes[..sizes[0]] };
        var last = first;
        int at = sizes[0];
        foreach (int size in sizes[1..])
        {
            last = last.Add(bytes.Slice(at, size));
            at += size;
        }
        last = last.Add(bytes[at..]);
        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private Parts Add(ReadOnlyMemory<byte> memory)
    {
        var next = new Parts { Memory = memory, RunningIndex = RunningIndex + Memory.Length };
        Next = next;
        return next;
    }
}
