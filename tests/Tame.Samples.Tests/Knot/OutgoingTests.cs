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
        Assert.True(_outgoing.Pending.IsEmpty);
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
        Assert.True(_outgoing.Pending.IsEmpty);
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
            byte[] body = new byte[size];
            new Random(size).NextBytes(body);
            using var outgoing = new Outgoing(new DateHeader(_time));
            outgoing.Start(
                fromDisk
                    ? new Response(200, null, size) { FilePath = _root.Write("file", body) }
                    : new Response(200, null, size) { Body = body },
                headOnly: false, keepAlive: true, isHttp10: false);

            var sent = new List<byte>();
            for (int i = 0; !outgoing.Pending.IsEmpty; i++)
            {
                int count = Math.Min(sends[i % sends.Length], outgoing.Pending.Length);
                sent.AddRange(outgoing.Pending[..count]);
                outgoing.Advance(count);
            }
            int head = sent.Count - size;
            Assert.Equal("\r\n\r\n", Encoding.ASCII.GetString([.. sent[(head - 4)..head]]));
            Assert.Equal(body, sent[head..]);
        }, iter: 200, threads: 1);

    [Fact]
    public void A_file_that_shrinks_while_it_is_sent_is_an_error_not_a_short_answer()
    {
        string path = _root.Write("file", new byte[100_000]);
        _outgoing.Start(new Response(200, null, 100_000) { FilePath = path }, headOnly: false, keepAlive: true, isHttp10: false);
        File.WriteAllText(path, "");

        Assert.Throws<EndOfStreamException>(() => _outgoing.Advance(_outgoing.Pending.Length));
        _outgoing.Dispose();
    }

    private static Response Body(string text) => new(200, "text/plain", text.Length) { Body = Encoding.ASCII.GetBytes(text) };
}
