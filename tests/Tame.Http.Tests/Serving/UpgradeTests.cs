using System.Net;
using Tame.IO;

namespace Tame.Http.Tests.Serving;

/// <summary>Leaving HTTP, and streams of events.</summary>
public sealed partial class UpgradeTests
{
    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: other, echo\r\n\r\n", "HTTP/1.1 101 Switching Protocols", "Connection: Upgrade\r\nUpgrade: echo\r\n\r\n")]
    [InlineData("CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 200 OK", "X: y\r\n\r\n")]
    public void The_connection_is_handed_over_with_what_was_sent_ahead(string request, string first, string last)
    {
        var answered = new List<int>();
        byte[] all = Servers.Ask(Servers.Memory, Switch, new HttpServerOptions { OnAnswered = exchange => answered.Add(exchange.Response.Status) }, Servers.Bytes(request + "ahead "), Servers.Bytes("and behind"));
        string text = Servers.Text(all);
        Assert.StartsWith(first, text);
        Assert.EndsWith(last + "ahead and behind", text);
        Assert.DoesNotContain("Content-Length", text);
        Assert.DoesNotContain("Transfer-Encoding", text);
        Assert.Single(answered);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nUpgrade: echo\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: echo2\r\n\r\n")]
    [InlineData("GET / HTTP/1.0\r\nHost: a\r\nConnection: upgrade, keep-alive\r\nUpgrade: echo\r\n\r\n")]
    [InlineData("POST / HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: echo\r\nContent-Length: 1\r\n\r\nx")]
    public void Without_being_asked_the_protocol_stays(string request)
    {
        var failures = new List<Exception>();
        byte[] all = Servers.Ask(Servers.Memory, Switch, new HttpServerOptions { OnFailure = (_, error) => failures.Add(error) }, Servers.Bytes(request));
        Assert.Equal(500, Answers.Of(all)[0].Status);
        Assert.IsType<InvalidOperationException>(Assert.Single(failures));
    }

    [Tamed] private static partial void Switch(HttpExchange exchange, Event done);

    private static void SwitchBody(HttpExchange exchange, Event done)
    {
        exchange.Response.AddField("X", "y");
        Connection connection;
        ReadOnlyMemory<byte> ahead;
        using (twait())
        {
            if (exchange.Request.Method == "CONNECT")
                exchange.OpenTunnel(mkevent(out connection, out ahead));
            else
                exchange.Upgrade("echo", mkevent(out connection, out ahead));
        }
        if (!ahead.IsEmpty)
            twait(e => connection.Send(ahead, e));
        var buffer = new byte[100];
        int count;
        do
        {
            twait(e => connection.Receive(buffer, e), out count);
            if (count != 0)
                twait(e => connection.Send(buffer.AsMemory(0, count), e));
        }
        while (count != 0);
        done.Trigger();
    }

    [Fact]
    public void Events_are_written_as_the_standard_says()
    {
        byte[] all = Servers.Ask(Servers.Memory, (exchange, done) =>
        {
            var response = exchange.Response;
            response.StartEvents();
            response.WriteComment("a comment");
            response.WriteRetry(TimeSpan.FromSeconds(3));
            response.WriteEvent("one");
            response.WriteEvent("two\nlines\r\nand\rmore\n", name: "news", id: "7");
            response.WriteEvent("");
            Assert.Throws<ArgumentException>(() => response.WriteEvent("x", name: "a\nb"));
            Assert.Throws<ArgumentException>(() => response.WriteEvent("x", id: "a\rb"));
            done.Trigger();
        }, null, Servers.Bytes("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"));
        var answer = Assert.Single(Answers.Of(all));
        Assert.Equal(("text/event-stream", "no-store"), (answer.Field("Content-Type"), answer.Field("Cache-Control")));
        Assert.Equal(": a comment\n\nretry: 3000\n\ndata: one\n\nevent: news\nid: 7\ndata: two\ndata: lines\ndata: and\ndata: more\ndata: \n\ndata: \n\n", answer.Text);
    }
}
