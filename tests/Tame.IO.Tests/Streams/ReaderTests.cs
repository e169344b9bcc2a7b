using System.Text;

namespace Tame.IO.Tests.Streams;

public sealed partial class ReaderTests
{
    public static readonly TheoryData<string> All = Networks.All;
    private static readonly TimeSpan s_short = TimeSpan.FromMilliseconds(20);

    [Theory]
    [MemberData(nameof(All))]
    public void Lines_end_with_LF_or_CRLF_and_the_last_one_with_the_stream(string network) => Pairs.Run(network, LinesTest);

    [Tamed] private static partial void LinesTest(Connection client, Connection server, Event done);

    private static void LinesTestBody(Connection client, Connection server, Event done)
    {
        using var reader = new Reader(server);
        twait(e => client.Send("one\r\n\ntwo\n\rthree\r\nlast\r"u8.ToArray(), e));
        client.CloseSend();
        var lines = new List<string?>();
        string? line;
        do
        {
            twait(e => reader.ReadLine(e), out line);
            lines.Add(line);
        }
        while (line is not null);
        Assert.Equal(["one", "", "two", "\rthree", "last\r", null], lines);
        Assert.True(reader.IsEnded);
        done.Trigger();
    }

    [Theory]
    [MemberData(nameof(All))]
    public void An_empty_line_is_told_apart_from_the_end(string network) => Pairs.Run(network, EmptyLineTest);

    [Tamed] private static partial void EmptyLineTest(Connection client, Connection server, Event done);

    private static void EmptyLineTestBody(Connection client, Connection server, Event done)
    {
        using var reader = new Reader(server);
        Assert.False(reader.TryReadLine(out _));
        Assert.False(reader.IsEnded);
        twait(e => client.Send("\n"u8.ToArray(), e));
        twait(e => reader.Fill(e));
        Assert.True(reader.TryReadLine(out var line));
        Assert.Equal(0, line.Length);
        client.CloseSend();
        twait(e => reader.Fill(e));
        Assert.False(reader.TryReadLine(out _));
        Assert.True(reader.IsEnded);
        Assert.True(reader.TryRead(new byte[1], out int count));
        Assert.Equal(0, count);
        done.Trigger();
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_line_over_the_limit_stays_buffered(string network) => Pairs.Run(network, LimitTest);

    [Tamed] private static partial void LimitTest(Connection client, Connection server, Event done);

    private static void LimitTestBody(Connection client, Connection server, Event done)
    {
        using var reader = new Reader(server, limit: 4);
        twait(e => client.Send("abcd\r\nabcde\nxyz"u8.ToArray(), e));
        twait(e => reader.ReadLine(e), out string? line);
        Assert.Equal("abcd", line);
        for (int i = 0; i < 2; i++)
        {
            InvalidDataException? failure = null;
            try
            {
                twait(e => reader.ReadLine(e), out string? _);
            }
            catch (InvalidDataException error)
            {
                failure = error;
            }
            Assert.Contains("more than 4 bytes", failure?.Message, StringComparison.Ordinal);
            Assert.Throws<InvalidDataException>(() => reader.TryReadLine(out _));
            Assert.Throws<InvalidDataException>(() => reader.TryReadUntil((byte)'!', out _));
        }
        Assert.Equal("abcde\nxyz"u8, reader.Buffered.Span);
        reader.Limit = 5;
        Assert.True(reader.TryReadLine(out var bytes));
        Assert.Equal("abcde"u8, bytes.Span);
        reader.Consume(1);
        Assert.Equal("yz"u8, reader.Buffered.Span);
        done.Trigger();
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_carriage_return_at_the_limit_may_be_half_of_a_line_end(string network) => Pairs.Run(network, HalfEndTest);

    [Tamed] private static partial void HalfEndTest(Connection client, Connection server, Event done);

    private static void HalfEndTestBody(Connection client, Connection server, Event done)
    {
        using var reader = new Reader(server, limit: 4);
        twait(e => client.Send("abcd\r"u8.ToArray(), e));
        twait(e => reader.Fill(e));
        Assert.False(reader.TryReadLine(out _));
        twait(e => client.Send("\n"u8.ToArray(), e));
        twait(e => reader.ReadLine(e), out string? line);
        Assert.Equal("abcd", line);
        done.Trigger();
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_buffer_over_the_limit_is_not_filled_further(string network) => Pairs.Run(network, FullTest);

    [Tamed] private static partial void FullTest(Connection client, Connection server, Event done);

    private static void FullTestBody(Connection client, Connection server, Event done)
    {
        using var reader = new Reader(server, limit: 4);
        twait(e => client.Send("abcdef"u8.ToArray(), e));
        twait(e => reader.Fill(e));
        bool isFull = false;
        try
        {
            twait(e => reader.Fill(e));
        }
        catch (InvalidDataException)
        {
            isFull = true;
        }
        Assert.True(isFull);
        Assert.Equal(6, reader.Buffered.Length);
        done.Trigger();
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_read_that_runs_out_of_time_loses_no_byte(string network) => Pairs.Run(network, TimeLimitTest);

    [Tamed] private static partial void TimeLimitTest(Connection client, Connection server, Event done);

    private static void TimeLimitTestBody(Connection client, Connection server, Event done)
    {
        using var reader = new Reader(server);
        twait(e => client.Send("abcdef"u8.ToArray(), e));
        var buffer = new byte[8];
        int failures = 0;
        for (int i = 0; i < 3; i++)
        {
            try
            {
                if (i == 0)
                    twait(e => reader.ReadExactly(buffer, e.WithTimeout(s_short)));
                else if (i == 1)
                    twait(e => reader.ReadLine(e.WithTimeout(s_short)), out string? _);
                else
                    twait(e => reader.ReadUntil(0, e.WithTimeout(s_short)), out ReadOnlyMemory<byte> _);
            }
            catch (TimeoutException)
            {
                failures++;
            }
            Assert.Equal("abcdef"u8, reader.Buffered.Span);
        }
        Assert.Equal(3, failures);
        twait(e => client.Send("gh\n"u8.ToArray(), e));
        twait(e => reader.ReadExactly(buffer, e));
        Assert.Equal("abcdefgh"u8, buffer);
        twait(e => reader.ReadLine(e), out string? rest);
        Assert.Equal("", rest);
        done.Trigger();
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_stream_that_ends_too_early_fails_the_read_and_keeps_the_bytes(string network) => Pairs.Run(network, EndTest);

    [Tamed] private static partial void EndTest(Connection client, Connection server, Event done);

    private static void EndTestBody(Connection client, Connection server, Event done)
    {
        using var reader = new Reader(server);
        twait(e => client.Send("abc"u8.ToArray(), e));
        client.CloseSend();
        var failures = new List<string>();
        for (int i = 0; i < 2; i++)
        {
            try
            {
                if (i == 0)
                    twait(e => reader.ReadExactly(new byte[4], e));
                else
                    twait(e => reader.ReadUntil((byte)';', e), out ReadOnlyMemory<byte> _);
            }
            catch (EndOfStreamException error)
            {
                failures.Add(error.Message);
            }
        }
        Assert.Collection(failures, m => Assert.Contains("after 3 of the 4 bytes", m, StringComparison.Ordinal), m => Assert.Contains("0x3B", m, StringComparison.Ordinal));
        Assert.Equal("abc"u8, reader.Buffered.Span);
        Assert.True(reader.TryReadLine(out var rest));
        Assert.Equal("abc"u8, rest.Span);
        done.Trigger();
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_reset_fails_the_read_and_keeps_the_bytes(string network) => Pairs.Run(network, ResetTest);

    [Tamed] private static partial void ResetTest(Connection client, Connection server, Event done);

    private static void ResetTestBody(Connection client, Connection server, Event done)
    {
        using var reader = new Reader(server);
        twait(e => client.Send("abc"u8.ToArray(), e));
        var late = new Rendezvous();
        reader.ReadExactly(new byte[4], mkevent(late));
        twait(e => asap(e));
        client.Abort();
        twait(late, out Exception? error);
        Assert.IsType<System.Net.Sockets.SocketException>(error);
        Assert.Equal("abc"u8, reader.Buffered.Span);
        done.Trigger();
    }

    [Theory]
    [MemberData(nameof(All))]
    public void One_read_is_under_way_at_a_time(string network) => Pairs.Run(network, OneReadTest);

    [Tamed] private static partial void OneReadTest(Connection client, Connection server, Event done);

    private static void OneReadTestBody(Connection client, Connection server, Event done)
    {
        using var reader = new Reader(server);
        var first = new Rendezvous();
        reader.ReadLine(mkevent(first, out string? line));
        Assert.Throws<InvalidOperationException>(() => reader.Fill(Event.Ignored));
        Assert.Throws<InvalidOperationException>(() => reader.TryReadLine(out _));
        Assert.Throws<InvalidOperationException>(() => server.Receive(new byte[1], Event<int>.Ignored));
        twait(e => client.Send("x\n"u8.ToArray(), e));
        twait(first);
        Assert.Equal("x", line);
        reader.Dispose();
        Assert.Throws<ObjectDisposedException>(() => reader.TryReadLine(out _));
        done.Trigger();
    }

    [Theory]
    [MemberData(nameof(All))]
    public void An_idle_reader_holds_no_memory(string network) => Pairs.Run(network, IdleTest);

    [Tamed] private static partial void IdleTest(Connection client, Connection server, Event done);

    private static void IdleTestBody(Connection client, Connection server, Event done)
    {
        using var reader = new Reader(server);
        Assert.Equal(0, reader.Held);
        var waits = new Rendezvous();
        for (int i = 0; i < 3; i++)
        {
            reader.ReadLine(mkevent(waits, out string? line));
            twait(e => timer(s_short, e));
            Assert.Equal(0, reader.Held);
            twait(e => client.Send("hello\n"u8.ToArray(), e));
            twait(waits);
            Assert.Equal("hello", line);
        }
        done.Trigger();
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Text_is_UTF8_however_it_is_cut(string network) => Pairs.Run(network, TextTest);

    [Tamed] private static partial void TextTest(Connection client, Connection server, Event done);

    private static void TextTestBody(Connection client, Connection server, Event done)
    {
        const string text = "naïve café, 日本語, 😀";
        using var reader = new Reader(server);
        var lines = new Rendezvous();
        reader.ReadLine(mkevent(lines, out string? line));
        foreach (byte b in Encoding.UTF8.GetBytes(text + "\n"))
        {
            twait(e => client.Send(new[] { b }, e));
            twait(e => timer(TimeSpan.FromMilliseconds(1), e));
        }
        twait(lines);
        Assert.Equal(text, line);
        done.Trigger();
    }
}
