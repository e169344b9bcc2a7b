using System.Net;
using System.Security.Cryptography;
using Tame.IO;

namespace Tame.Http.Tests.Serving;

/// <summary>Answers that pass through small buffers, from memory and from files, and files that change under way.</summary>
public sealed partial class SendingTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(999)]
    [InlineData(16_384)]
    [InlineData(16_385)]
    [InlineData(300_000)]
    public void Each_byte_arrives_once_and_in_order(int size)
    {
        byte[] body = RandomNumberGenerator.GetBytes(size);
        File.WriteAllBytes(_path, body);
        using var file = File.OpenHandle(_path);
        var ways = new Dictionary<string, Action<HttpExchange, Event>>
        {
            ["written"] = (exchange, done) =>
            {
                exchange.Response.Write(body);
                done.Trigger();
            },
            ["prepared"] = (exchange, done) =>
            {
                exchange.Response.Answer(new PreparedResponse(200, null, body));
                done.Trigger();
            },
            ["file"] = (exchange, done) => exchange.Response.SendFile(file, 0, size, done),
            ["preparedFile"] = (exchange, done) =>
            {
                exchange.Response.Answer(new PreparedResponse(200, null, (long)size));
                exchange.Response.SendFile(file, 0, size, done);
            },
            ["fileInChunks"] = (exchange, done) => InChunks(exchange, file, size, done),
        };
        string requests = string.Concat(ways.Keys.Select(way => $"GET /{way} HTTP/1.1\r\nHost: a\r\n\r\n"));
        byte[] all = [];
        var options = new EventLoopOptions { Network = new MemoryNetwork(new MemoryNetworkOptions { BufferSize = 700 }), VirtualTime = true };
        EventLoop.Run(done => Ask((exchange, ended) => ways[exchange.Request.Path[1..]](exchange, ended), requests, bytes => all = bytes, done), options);
        var answers = Answers.Of(all);
        Assert.Equal(ways.Count, answers.Count);
        Assert.All(answers, answer => Assert.True(body.AsSpan().SequenceEqual(answer.Body), answer.Head));
    }

    [Tamed] private static partial void InChunks(HttpExchange exchange, Microsoft.Win32.SafeHandles.SafeFileHandle file, int size, Event done);

    private static void InChunksBody(HttpExchange exchange, Microsoft.Win32.SafeHandles.SafeFileHandle file, int size, Event done)
    {
        twait(e => exchange.Response.Flush(e));
        for (int at = 0; at < size; at += 50_000)
            twait(e => exchange.Response.SendFile(file, at, Math.Min(50_000, size - at), e));
        done.Trigger();
    }

    [Tamed] private static partial void Ask(Action<HttpExchange, Event> handler, string requests, Action<byte[]> result, Event done);

    private static void AskBody(Action<HttpExchange, Event> handler, string requests, Action<byte[]> result, Event done)
    {
        var listener = Network.Current.Listen(new IPEndPoint(IPAddress.Loopback, 0));
        using var served = new Rendezvous();
        listener.ServeHttp(handler, null, mkevent(served));
        twait(e => Servers.Ask(listener.LocalEndPoint, [Servers.Bytes(requests)], e), out byte[] all);
        listener.Dispose();
        twait(served);
        result(all);
        done.Trigger();
    }

    [Fact]
    public void A_file_that_is_shorter_than_the_head_has_said_resets_the_connection()
    {
        File.WriteAllBytes(_path, new byte[100]);
        using var file = File.OpenHandle(_path);
        var failures = new List<Exception>();
        byte[] all = Servers.Ask(Servers.System, (exchange, done) => exchange.Response.SendFile(file, 0, 1000, done), new HttpServerOptions { OnFailure = (_, error) => failures.Add(error) },
            Servers.Bytes("GET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"));
        string text = Servers.Text(all);
        Assert.DoesNotContain("HTTP/1.1", text[Math.Min(10, text.Length)..]);
        Assert.InRange(text.Split("\r\n\r\n")[^1].Length, 0, 100);
    }

    [Theory]
    [InlineData("HTTP/1.1", "", null)]
    [InlineData("HTTP/1.1", "Connection: close\r\n", "close")]
    [InlineData("HTTP/1.0", "", "close")]
    [InlineData("HTTP/1.0", "Connection: keep-alive\r\n", "keep-alive")]
    public void Connection_is_said_where_the_version_does_not_imply_it(string version, string fields, string? value)
    {
        var answers = Answers.Of(Servers.Ask(Servers.Memory, Handlers.Ignore, null, Servers.Bytes($"GET / {version}\r\nHost: a\r\n{fields}\r\n")));
        Assert.Equal(value, Assert.Single(answers).Field("Connection"));
        answers = Answers.Of(Servers.Ask(Servers.Memory, static (exchange, done) =>
        {
            exchange.Response.Answer(new PreparedResponse(200, null, "x"u8.ToArray()));
            done.Trigger();
        }, null, Servers.Bytes($"GET / {version}\r\nHost: a\r\n{fields}\r\n")));
        Assert.Equal(value, Assert.Single(answers).Field("Connection"));
    }

    [Fact]
    public void The_date_moves_on_with_the_clock_of_the_loop()
    {
        var dates = new List<DateTimeOffset>();
        Servers.Run(Servers.Memory, Handlers.Ignore, null, (listener, done) => AskTwice(listener.LocalEndPoint, dates, done));
        Assert.Equal(TimeSpan.FromSeconds(2), dates[1] - dates[0]);
    }

    [Tamed] private static partial void AskTwice(EndPoint server, List<DateTimeOffset> dates, Event done);

    private static void AskTwiceBody(EndPoint server, List<DateTimeOffset> dates, Event done)
    {
        for (int i = 0; i < 2; i++)
        {
            twait(e => Servers.Ask(server, [Servers.Bytes("GET / HTTP/1.1\r\nHost: a\r\n\r\n")], e), out byte[] all);
            dates.Add(DateTimeOffset.ParseExact(Answers.Of(all)[0].Field("Date")!, "R", System.Globalization.CultureInfo.InvariantCulture));
            twait(e => timer(TimeSpan.FromSeconds(2), e));
        }
        done.Trigger();
    }

    [Fact]
    public void What_is_written_or_flushed_while_a_flush_is_under_way_is_refused()
    {
        Exception? written = null, flushed = null;
        byte[] all = [];
        var options = new EventLoopOptions { Network = new MemoryNetwork(new MemoryNetworkOptions { BufferSize = 100 }), VirtualTime = true };
        EventLoop.Run(done => Ask((exchange, ended) =>
        {
            exchange.Response.Write(new byte[1000]);
            exchange.Response.Flush(ended);
            written = Record.Exception(() => exchange.Response.Write("more"u8));
            flushed = Record.Exception(() => exchange.Response.Flush(Event.Ignored));
        }, "GET / HTTP/1.1\r\nHost: a\r\n\r\n", bytes => all = bytes, done), options);
        Assert.IsType<InvalidOperationException>(written);
        Assert.IsType<InvalidOperationException>(flushed);
        Assert.Equal(1000, Assert.Single(Answers.Of(all)).Body.Length);
    }
}
