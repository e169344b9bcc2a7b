using System.Text;

namespace Tame.IO.Tests.Streams;

public sealed partial class WriterTests
{
    public static readonly TheoryData<string> All = Networks.All;

    [Theory]
    [MemberData(nameof(All))]
    public void What_is_written_is_sent_by_the_flush_alone(string network) => Pairs.Run(network, FlushTest);

    [Tamed] private static partial void FlushTest(Connection client, Connection server, Event done);

    private static void FlushTestBody(Connection client, Connection server, Event done)
    {
        using var writer = new Writer(client) { NewLine = "\r\n" };
        writer.WriteLine("GET / HTTP/1.1");
        writer.Write("Host: ");
        writer.Write("example.org"u8);
        writer.WriteLine();
        writer.WriteLine();
        Assert.Equal("GET / HTTP/1.1\r\nHost: example.org\r\n\r\n".Length, writer.Unsent);
        Assert.False(server.TryReceive(new byte[1], out _));
        twait(e => writer.Flush(e));
        Assert.Equal(0, writer.Unsent);
        client.CloseSend();
        var reader = new Reader(server);
        twait(e => reader.ReadLine(e), out string? first);
        twait(e => reader.ReadLine(e), out string? second);
        twait(e => reader.ReadLine(e), out string? third);
        twait(e => reader.ReadLine(e), out string? end);
        Assert.Equal(["GET / HTTP/1.1", "Host: example.org", "", null], [first, second, third, end]);
        done.Trigger();
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_end_of_a_flush_that_another_started_can_be_waited_for(string network) => Pairs.Run(network, EndTest);

    [Tamed] private static partial void EndTest(Connection client, Connection server, Event done);

    private static void EndTestBody(Connection client, Connection server, Event done)
    {
        const int Much = 20_000_000;
        using var writer = new Writer(client);
        twait(e => writer.WhenFlushed(e));      // nothing is in progress
        writer.Write(new byte[Much]);
        writer.Flush(Event.Ignored);
        Assert.True(writer.IsFlushing);
        using var ends = new Rendezvous<string>();
        writer.WhenFlushed(mkevent(ends, "first"));
        writer.WhenFlushed(mkevent(ends, "second"));
        Event gone = mkevent(ends, "gone");
        writer.WhenFlushed(gone);
        gone.Trigger();
        Assert.Equal(1, ends.Ready);
        twait(e => new Reader(server).ReadExactly(new byte[Much], e));
        twait(ends, out string _);
        twait(ends, out string _);
        twait(ends, out string _);
        Assert.Equal(0, writer.Unsent);

        writer.Write(new byte[Much]);
        using var flushes = new Rendezvous();
        Event flushed = mkevent(flushes);
        writer.Flush(flushed);
        writer.WhenFlushed(mkevent(ends, "given up"));
        flushed.Trigger();
        twait(ends, out string last);
        Assert.Equal("given up", last);
        Assert.NotEqual(0, writer.Unsent);
        done.Trigger();
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Text_is_UTF8_also_where_it_spans_segments(string network)
    {
        string text = string.Concat(Enumerable.Repeat("é😀a", 9000));
        Pairs.Run(network, (client, server, done) => TextTest(client, server, text, done));
    }

    [Tamed] private static partial void TextTest(Connection client, Connection server, string text, Event done);

    private static void TextTestBody(Connection client, Connection server, string text, Event done)
    {
        using var writer = new Writer(client);
        writer.Write(text);
        var bytes = new byte[Encoding.UTF8.GetByteCount(text)];
        Assert.Equal(bytes.Length, writer.Unsent);
        Assert.True(writer.IsFull || bytes.Length < Writer.DefaultLimit);
        using (twait())
        {
            writer.Flush(mkevent());
            new Reader(server).ReadExactly(bytes, mkevent());
        }
        Assert.Equal(text, Encoding.UTF8.GetString(bytes));
        done.Trigger();
    }

    [Fact]
    public void A_flush_that_runs_out_of_time_goes_on_where_it_stopped() => Pairs.Run(TimeLimitTest, buffer: 10);

    [Tamed] private static partial void TimeLimitTest(Connection client, Connection server, Event done);

    private static void TimeLimitTestBody(Connection client, Connection server, Event done)
    {
        using var writer = new Writer(client, limit: 8);
        writer.Write("0123456789abcdefghij"u8);
        Assert.True(writer.IsFull);
        bool isLate = false;
        try
        {
            twait(e => writer.Flush(e.WithTimeout(TimeSpan.FromSeconds(1))));
        }
        catch (TimeoutException)
        {
            isLate = true;
        }
        Assert.True(isLate);
        Assert.Equal(10, writer.Unsent);
        writer.Write("k"u8);
        var bytes = new byte[21];
        using (twait())
        {
            writer.Flush(mkevent());
            new Reader(server).ReadExactly(bytes, mkevent());
        }
        Assert.Equal("0123456789abcdefghijk"u8, bytes);
        Assert.False(writer.IsFull);
        done.Trigger();
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_flush_that_runs_out_of_time_leaves_the_rest_to_the_next(string network) => Pairs.Run(network, RestTest);

    [Tamed] private static partial void RestTest(Connection client, Connection server, Event done);

    private static void RestTestBody(Connection client, Connection server, Event done)
    {
        using var writer = new Writer(client);
        var much = Much();
        writer.Write(much);
        bool isLate = false;
        try
        {
            twait(e => writer.Flush(e.WithTimeout(TimeSpan.FromMilliseconds(20))));
        }
        catch (TimeoutException)
        {
            isLate = true;
        }
        Assert.True(isLate);
        Assert.InRange(writer.Unsent, 1, much.Length - 1);
        writer.Write("k"u8);
        var bytes = new byte[much.Length + 1];
        using (twait())
        {
            writer.Flush(mkevent());
            new Reader(server).ReadExactly(bytes, mkevent());
        }
        Assert.True(bytes.AsSpan().StartsWith(much) && bytes[^1] == 'k');
        done.Trigger();
    }

    /// <summary>More than all buffers hold.</summary>
    private static byte[] Much()
    {
        var bytes = new byte[20_000_000];
        new Random(1).NextBytes(bytes);
        return bytes;
    }

    [Theory]
    [MemberData(nameof(All))]
    public void What_is_written_during_a_flush_goes_along(string network) => Pairs.Run(network, DuringTest);

    [Tamed] private static partial void DuringTest(Connection client, Connection server, Event done);

    private static void DuringTestBody(Connection client, Connection server, Event done)
    {
        using var writer = new Writer(client);
        var much = Much();
        writer.Write(much);
        var flush = new Rendezvous();
        writer.Flush(mkevent(flush));
        Assert.True(writer.IsFlushing);
        Assert.Throws<InvalidOperationException>(() => writer.Flush(Event.Ignored));
        writer.Write("gh"u8);
        var bytes = new byte[much.Length + 2];
        twait(e => new Reader(server).ReadExactly(bytes, e));
        twait(flush);
        Assert.True(bytes.AsSpan().StartsWith(much) && bytes.AsSpan().EndsWith("gh"u8));
        Assert.False(writer.IsFlushing);
        done.Trigger();
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_broken_connection_fails_the_flush(string network) => Pairs.Run(network, BrokenTest);

    [Tamed] private static partial void BrokenTest(Connection client, Connection server, Event done);

    private static void BrokenTestBody(Connection client, Connection server, Event done)
    {
        using var writer = new Writer(client);
        writer.Write(Much());
        var flush = new Rendezvous();
        writer.Flush(mkevent(flush));
        server.Abort();
        twait(flush, out Exception? error);
        Assert.IsType<System.Net.Sockets.SocketException>(error);
        writer.Flush(mkevent(flush));
        twait(flush, out error);
        Assert.IsType<System.Net.Sockets.SocketException>(error);
        writer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => writer.Write("x"u8));
        done.Trigger();
    }
}
