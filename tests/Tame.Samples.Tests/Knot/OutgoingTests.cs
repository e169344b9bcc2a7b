using System.Net.Sockets;
using System.Text;
using CsCheck;
using Knot.Http;
using Microsoft.Extensions.Time.Testing;

namespace Tame.Samples.Tests.Knot;

public sealed class OutgoingTests : IDisposable
{
    private readonly TemporaryRoot _root = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero));
    private readonly Outgoing _outgoing;

    public OutgoingTests() => _outgoing = new Outgoing(new DateHeader(_time));

    public void Dispose() => _root.Dispose();

    [Fact]
    public void A_small_response_is_one_span()
    {
        _outgoing.Start(Body("hello"), headOnly: false, keepAlive: true, isHttp10: false);

        Assert.Equal("HTTP/1.1 200 OK\r\nServer: Knot\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n"
            + "Date: Wed, 04 Mar 2026 05:06:07 GMT\r\n\r\nhello", Encoding.ASCII.GetString(_outgoing.Pending));
        _outgoing.Advance(_outgoing.Pending.Length);
        Assert.True(_outgoing.IsDone);
    }

    [Theory]
    [InlineData(false, false, "Connection: close\r\n")]
    [InlineData(false, true, "Connection: close\r\n")]
    [InlineData(true, true, "Connection: keep-alive\r\n")]
    [InlineData(true, false, "")]
    public void Connection_is_said_where_the_version_does_not_imply_it(bool keepAlive, bool isHttp10, string line)
    {
        _outgoing.Start(Body("hello"), headOnly: false, keepAlive, isHttp10);

        Assert.Contains($"GMT\r\n{line}\r\nhello", Encoding.ASCII.GetString(_outgoing.Pending));
    }

    [Fact]
    public void Head_ends_with_the_head()
    {
        _outgoing.Start(Body("hello"), headOnly: true, keepAlive: true, isHttp10: false);

        string sent = Encoding.ASCII.GetString(_outgoing.Pending);
        Assert.EndsWith("\r\n\r\n", sent);
        Assert.Contains("Content-Length: 5\r\n", sent);
        _outgoing.Advance(_outgoing.Pending.Length);
        Assert.True(_outgoing.IsDone);
    }

    [Fact]
    public void The_date_moves_on_with_the_clock()
    {
        var date = new DateHeader(_time);
        Assert.Contains("05:06:07", Encoding.ASCII.GetString(date.Line));
        _time.Advance(TimeSpan.FromSeconds(0.9));
        Assert.Contains("05:06:07", Encoding.ASCII.GetString(date.Line));
        _time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Contains("05:06:08", Encoding.ASCII.GetString(date.Line));
    }

    [Fact]
    public void Partial_sends_lose_and_repeat_nothing_from_memory_or_disk() =>
        Gen.Select(Gen.Int[0, 200_000], Gen.Int[1, 50_000].Array[1, 8], Gen.Bool).Sample((size, sends, fromDisk) =>
        {
            byte[] body = RandomBytes(size);
            using var outgoing = new Outgoing(new DateHeader(_time)) { ReadsFiles = true };
            outgoing.Start(
                fromDisk
                    ? new Response(200, null, size) { FilePath = _root.Write("file", body) }
                    : new Response(200, null, size) { Body = body },
                headOnly: false, keepAlive: true, isHttp10: false);

            var sent = new List<byte>();
            for (int i = 0; !outgoing.IsDone; i++)
            {
                int count = Math.Min(sends[i % sends.Length], outgoing.Pending.Length);
                sent.AddRange(outgoing.Pending[..count]);
                outgoing.Advance(count);
            }
            AssertBody(body, sent);
        }, iter: 200, threads: 1);

    [Theory]
    [InlineData(false, true)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    [InlineData(true, false)]
    public void A_socket_that_takes_little_at_a_time_gets_every_byte_of_a_file_once(bool readsFiles, bool keepAlive)
    {
        byte[] body = RandomBytes(3_000_000);
        using var outgoing = new Outgoing(new DateHeader(_time)) { ReadsFiles = readsFiles };
        using var pair = new SocketPair();
        outgoing.Start(new Response(200, null, body.Length) { FilePath = _root.Write("file", body) }, headOnly: false, keepAlive, isHttp10: false);

        bool waited = false;
        while (!outgoing.IsDone)
        {
            outgoing.Send(pair.Server, out var error);
            if (error == SocketError.WouldBlock)
            {
                waited = true;
                if (pair.Client.Poll(TimeSpan.FromMilliseconds(1), SelectMode.SelectRead))  // where not, the bytes are on their way
                    pair.Take();
            }
            else
            {
                Assert.Equal(SocketError.Success, error);
            }
        }
        pair.Server.Shutdown(SocketShutdown.Send);
        Assert.True(waited);
        AssertBody(body, pair.TakeAll());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_file_that_shrinks_while_it_is_sent_is_an_error_not_a_short_answer(bool readsFiles)
    {
        string path = _root.Write("file", new byte[100_000]);
        using var outgoing = new Outgoing(new DateHeader(_time)) { ReadsFiles = readsFiles };
        using var pair = new SocketPair();
        outgoing.Start(new Response(200, null, 100_000) { FilePath = path }, headOnly: false, keepAlive: true, isHttp10: false);
        File.WriteAllText(path, "");

        Assert.Throws<EndOfStreamException>(() =>
        {
            outgoing.Send(pair.Server, out _);
            outgoing.Send(pair.Server, out _);
        });
    }

    [Fact]
    public void A_client_that_goes_before_the_file_is_sent_is_an_error_of_the_socket()
    {
        using var pair = new SocketPair();
        _outgoing.Start(new Response(200, null, 100_000) { FilePath = _root.Write("file", new byte[100_000]) }, headOnly: false, keepAlive: true, isHttp10: false);
        _outgoing.Send(pair.Server, out _);
        Assert.True(_outgoing.Pending.IsEmpty);     // the head has gone
        pair.AbortClient();

        _outgoing.Send(pair.Server, out var error);
        Assert.Equal(SocketError.ConnectionReset, error);
        _outgoing.Dispose();
    }

    private static byte[] RandomBytes(int size)
    {
        byte[] bytes = new byte[size];
        new Random(size).NextBytes(bytes);
        return bytes;
    }

    private static void AssertBody(byte[] body, List<byte> sent)
    {
        int head = sent.Count - body.Length;
        Assert.Equal("\r\n\r\n", Encoding.ASCII.GetString([.. sent[(head - 4)..head]]));
        Assert.Equal(body, sent[head..]);
    }

    private static Response Body(string text) => new(200, "text/plain", text.Length) { Body = Encoding.ASCII.GetBytes(text) };
}
