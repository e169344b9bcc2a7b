using System.Globalization;
using System.Net;
using System.Text;
using Tame.IO;

namespace Tame.Http.Tests.Serving;

/// <summary>Requests and answers, as handlers and clients see them.</summary>
public sealed partial class ExchangeTests
{
    public static readonly TheoryData<string> All = Servers.All;

    private const string Close = "Host: a\r\nConnection: close\r\n\r\n";

    [Theory]
    [MemberData(nameof(All))]
    public void A_handler_sees_the_request_and_a_client_the_answer(string network)
    {
        var answer = One(network, Handlers.Echo, $"POST /a/b%20c?d=e HTTP/1.1\r\nHost: h:1\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello");
        Assert.Equal("POST /a/b%20c?d=e h:1 1.1 [hello]", answer.Text);
        Assert.Equal("text/plain", answer.Field("Content-Type"));
        Assert.Equal(answer.Body.Length.ToString(CultureInfo.InvariantCulture), answer.Field("Content-Length"));
        Assert.True(answer.Closes);
        _ = DateTimeOffset.ParseExact(answer.Field("Date")!, "R", CultureInfo.InvariantCulture);
    }

    [Fact]
    public void Fields_are_found_in_any_case_and_joined()
    {
        string? all = null, none = "";
        bool has = false;
        var answer = One(Servers.Memory, (exchange, done) =>
        {
            var fields = exchange.Request.Fields;
            all = fields["accept"];
            none = fields["Accept-Language"];
            has = fields.Has("Accept"u8, "b/B"u8) && !fields.Has("Accept"u8, "a"u8) && fields.TryGet("HOST"u8, out var host) && host.SequenceEqual("a"u8) && fields.Count == 4;
            done.Trigger();
        }, $"GET / HTTP/1.1\r\nAccept: a/a,\tb/b\r\nACCEPT: c/c\r\n{Close}");
        Assert.Equal(("a/a,\tb/b, c/c", null, true, 200), (all, none, has, answer.Status));
    }

    [Fact]
    public void The_authority_of_an_absolute_target_replaces_Host() =>
        Assert.StartsWith("GET /? b:8 ", One(Servers.Memory, Handlers.Echo, $"GET http://b:8 HTTP/1.1\r\n{Close}").Text);

    [Theory]
    [InlineData("HTTP/1.1", "close", "chunked")]
    [InlineData("HTTP/1.0", "close", null)]
    [InlineData("HTTP/1.0", "keep-alive", null)]
    public void An_answer_in_parts_is_framed_as_the_version_allows(string version, string connection, string? coding, string? length = null)
    {
        var answer = One(Servers.Memory, Handlers.Parts, $"GET /?1000 {version}\r\nHost: a\r\nConnection: {connection}\r\n\r\n");
        Assert.True(answer.Closes, "Without chunks, only the end of the connection shows where the body ends.");
        Assert.Equal((coding, length), (answer.Field("Transfer-Encoding"), answer.Field("Content-Length")));
        Assert.Equal(new string('a', 1000) + new string('b', 1000) + new string('c', 1000), answer.Text);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Large_parts_pass_through_small_buffers(string network)
    {
        var answer = One(network, Handlers.Parts, $"GET /?700000 HTTP/1.1\r\n{Close}");
        Assert.Equal(2_100_000, answer.Body.Length);
        Assert.Equal((byte)'c', answer.Body[^1]);
    }

    [Fact]
    public void A_length_that_was_set_is_kept()
    {
        var answer = One(Servers.Memory, (exchange, done) =>
        {
            exchange.Response.ContentLength = 3000;
            Handlers.Parts(exchange, done);
        }, $"GET /?1000 HTTP/1.1\r\n{Close}");
        Assert.Equal(("3000", 3000), (answer.Field("Content-Length"), answer.Body.Length));
    }

    [Theory]
    [InlineData("/?100", null, "chunked")]
    [InlineData("/whole", "5", null)]
    [InlineData("/prepared", "8", null)]
    [InlineData("/file", "7", null)]
    [InlineData("/length", "77", null)]
    public void Head_is_answered_with_the_head_of_a_Get_and_nothing_else(string target, string? length, string? coding)
    {
        byte[] all = Servers.Ask(Servers.System, Several, null, Servers.Bytes($"HEAD {target} HTTP/1.1\r\nHost: a\r\n\r\nHEAD /none HTTP/1.1\r\n{Close}"));
        var answers = Answers.Of(all, "HEAD", "HEAD");
        Assert.Equal([200, 404], answers.Select(answer => answer.Status));
        Assert.Equal((length, coding), (answers[0].Field("Content-Length"), answers[0].Field("Transfer-Encoding")));
    }

    [Theory]
    [InlineData("/whole", "whole")]
    [InlineData("/prepared", "prepared")]
    [InlineData("/file", "le of a")]
    [InlineData("/chunkedfile", "<le of a>")]
    public void Get_has_the_body(string target, string text) => Assert.Equal(text, One(Servers.System, Several, $"GET {target} HTTP/1.1\r\n{Close}").Text);

    [Tamed] private static partial void Several(HttpExchange exchange, Event done);

    private static void SeveralBody(HttpExchange exchange, Event done)
    {
        var response = exchange.Response;
        string path = exchange.Request.Path;
        if (path == "/")
            twait(e => Handlers.Parts(exchange, e));
        else if (path == "/whole")
            response.Write("whole"u8);
        else if (path == "/prepared")
            response.Answer(new PreparedResponse(200, "text/plain", "prepared"u8.ToArray(), new KeyValuePair<string, string>("X", "y")));
        else if (path is "/file" or "/chunkedfile")
            twait(e => SendFile(exchange, e));
        else if (path == "/length")
        {
            response.ContentLength = 77;
            if (!exchange.Request.IsHead)
                response.Write(new string('x', 77));
        }
        else
            response.Status = 404;
        done.Trigger();
    }

    [Tamed] private static partial void SendFile(HttpExchange exchange, Event done);

    private static void SendFileBody(HttpExchange exchange, Event done)
    {
        string path = Path.GetTempFileName();
        twait(File.WriteAllTextAsync(path, "a file of a test"));
        using (var file = File.OpenHandle(path))
        {
            bool isInChunks = exchange.Request.Path == "/chunkedfile";
            if (isInChunks)
                exchange.Response.Write("<"u8);
            twait(e => exchange.Response.SendFile(file, 4, 7, e));
            if (isInChunks)
                exchange.Response.Write(">"u8);
        }
        File.Delete(path);
        done.Trigger();
    }

    [Theory]
    [InlineData(204, false)]
    [InlineData(304, false)]
    [InlineData(205, true)]
    public void A_status_without_a_body_has_none(int status, bool saysZero)
    {
        var answer = One(Servers.Memory, (exchange, done) =>
        {
            exchange.Response.Status = status;
            done.Trigger();
        }, $"GET / HTTP/1.1\r\n{Close}");
        Assert.Equal((status, saysZero ? "0" : null), (answer.Status, answer.Field("Content-Length")));
        Assert.Null(answer.Field("Transfer-Encoding"));
        Assert.Empty(answer.Body);
    }

    [Fact]
    public void A_read_may_follow_at_once_on_one_whose_time_is_over()
    {
        string answer = "";
        Servers.Run(Servers.Memory, ReadsTwice, null, (listener, done) => SendsLate(listener.LocalEndPoint, text => answer = text, done));
        Assert.EndsWith("False False 5", answer);
    }

    [Tamed] private static partial void ReadsTwice(HttpExchange exchange, Event done);

    private static void ReadsTwiceBody(HttpExchange exchange, Event done)
    {
        var bytes = new byte[100];
        int count;
        bool inTime;
        using (twait())
            exchange.Request.Read(bytes, mkevent(out count).WithTimeout(TimeSpan.FromMilliseconds(10), mkevent(out inTime)));
        using var given = new Rendezvous();
        Event<int> read = mkevent(given, out count);
        exchange.Request.Read(bytes, read);
        read.Unblock();
        bool isGivenUp = given.Ready == 0;
        twait(e => exchange.Request.Read(bytes, e), out count);     // the read before has not ended yet
        exchange.Response.Write($"{inTime} {isGivenUp} {count}");
        done.Trigger();
    }

    [Tamed] private static partial void SendsLate(EndPoint server, Action<string> result, Event done);

    private static void SendsLateBody(EndPoint server, Action<string> result, Event done)
    {
        twait(e => Network.Current.Connect(server, e), out Connection connection);
        using var closing = connection;
        twait(e => connection.Send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n"u8.ToArray(), e));
        twait(e => timer(TimeSpan.FromSeconds(1), e));
        twait(e => connection.Send("hello"u8.ToArray(), e));
        connection.CloseSend();
        twait(e => Servers.ReceiveAll(connection, e), out byte[] all);
        result(Servers.Text(all));
        done.Trigger();
    }

    [Theory]
    [InlineData("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5000000\r\n\r\n", 200)]
    [InlineData("POST / HTTP/1.1\r\nContent-Length: 5000000\r\n\r\n", 400)]
    public void The_last_answer_is_not_lost_to_a_reset_when_the_client_has_sent_more_than_was_read(string head, int status)
    {
        string answer = "";
        Servers.Run(Servers.System, Handlers.Ignore, null, (listener, done) => SendsMore(listener.LocalEndPoint, head, text => answer = text, done));
        Assert.StartsWith($"HTTP/1.1 {status} ", answer);
    }

    [Tamed] private static partial void SendsMore(EndPoint server, string head, Action<string> result, Event done);

    private static void SendsMoreBody(EndPoint server, string head, Action<string> result, Event done)
    {
        twait(e => Network.Current.Connect(server, e), out Connection connection);
        using var closing = connection;
        twait(e => connection.Send(Servers.Bytes(head + new string('x', 200_000)), e));
        twait(e => timer(TimeSpan.FromMilliseconds(100), e));       // the server answers
        twait(e => connection.Send(new byte[100_000], e));
        connection.CloseSend();
        var received = new byte[4096];
        string all = "";
        int count;
        do
        {
            twait(e => connection.Receive(received, e), out count);     // fails if the connection was reset
            all += Servers.Text(received[..count]);
        }
        while (count != 0);
        result(all);
        done.Trigger();
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Pipelined_requests_are_answered_in_order(string network)
    {
        var requests = string.Concat(Enumerable.Range(0, 100).Select(i => i % 2 == 0
            ? $"GET /{i} HTTP/1.1\r\nHost: a\r\n\r\n"
            : $"POST /{i} HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\n\r\n"));
        var answers = Answers.Of(Servers.Ask(network, Handlers.Echo, null, Servers.Bytes(requests)));
        Assert.Equal(Enumerable.Range(0, 100).Select(i => i % 2 == 0 ? $"GET /{i}? a 1.1 []" : $"POST /{i}? a 1.1 [body]"), answers.Select(answer => answer.Text));
    }

    [Fact]
    public void Garbage_behind_a_request_is_answered_for_after_it()
    {
        var answers = Answers.Of(Servers.Ask(Servers.Memory, Handlers.Echo, null, Servers.Bytes("GET / HTTP/1.1\r\nHost: a\r\n\r\n\x00\x01garbage\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n")));
        Assert.Equal([(200, false), (400, true)], answers.Select(answer => (answer.Status, answer.Closes)));
    }

    [Theory]
    [InlineData("Content-Length: 38\r\n", "GET /sub/ HTTP/1.1\r\nHost: smuggled\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n", "26\r\nGET /sub/ HTTP/1.1\r\nHost: smuggled\r\n\r\n\r\n0\r\n\r\n")]
    public void A_body_that_no_handler_reads_is_never_taken_for_a_request(string fields, string body)
    {
        var answers = Answers.Of(Servers.Ask(Servers.Memory, Handlers.Ignore, null, Servers.Bytes($"POST / HTTP/1.1\r\nHost: a\r\n{fields}\r\n{body}GET /next HTTP/1.1\r\n{Close}")));
        Assert.Equal(["ignored", "ignored"], answers.Select(answer => answer.Text));
    }

    [Fact]
    public void With_too_much_left_of_a_body_the_answer_is_the_last()
    {
        var answers = Answers.Of(Servers.Ask(Servers.Memory, Handlers.Ignore, null, Servers.Bytes($"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 70000\r\n\r\n{new string('x', 70000)}GET / HTTP/1.1\r\n{Close}")));
        Assert.True(Assert.Single(answers).Closes);
        string chunks = string.Concat(Enumerable.Repeat($"1000\r\n{new string('x', 4096)}\r\n", 20));
        answers = Answers.Of(Servers.Ask(Servers.Memory, Handlers.Ignore, null, Servers.Bytes($"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n{chunks}0\r\n\r\nGET / HTTP/1.1\r\n{Close}")));
        Assert.Equal("ignored", Assert.Single(answers).Text);
    }

    [Fact]
    public void A_client_that_waits_for_100_gets_it_when_the_handler_reads()
    {
        string? seen = null;
        Servers.Run(Servers.Memory, Handlers.Echo, null, (listener, done) => Continue(listener.LocalEndPoint, text => seen = text, done));
        Assert.StartsWith("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n", seen);
        Assert.EndsWith("[hello]", seen);
    }

    [Tamed] private static partial void Continue(EndPoint server, Action<string> result, Event done);

    private static void ContinueBody(EndPoint server, Action<string> result, Event done)
    {
        twait(e => Network.Current.Connect(server, e), out Connection connection);
        using var closing = connection;
        twait(e => connection.Send(Servers.Bytes("PUT / HTTP/1.1\r\nHost: a\r\nExpect: 100-Continue\r\nContent-Length: 5\r\n\r\n"), e));
        twait(e => Servers.ReceiveUntil(connection, "\r\n\r\n", e), out string first);
        twait(e => connection.Send("hello"u8.ToArray(), e));
        twait(e => Servers.ReceiveUntil(connection, "]", e), out string rest);
        result(first + rest);
        done.Trigger();
    }

    [Fact]
    public void Without_reading_there_is_no_100_and_the_connection_closes()
    {
        string request = "PUT / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n";
        var answer = Assert.Single(Answers.Of(Servers.Ask(Servers.Memory, Handlers.Ignore, null, Servers.Bytes(request))));
        Assert.Equal((200, true), (answer.Status, answer.Closes));
    }

    [Fact]
    public void A_body_over_the_limit_gets_413_and_no_100()
    {
        string request = "PUT / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 6\r\n\r\n";
        var answer = Assert.Single(Answers.Of(Servers.Ask(Servers.Memory, Handlers.Echo, new HttpServerOptions { MaxBodyBytes = 5 }, Servers.Bytes(request))));
        Assert.Equal((413, true), (answer.Status, answer.Closes));
        answer = One(Servers.Memory, (exchange, done) =>
        {
            exchange.Request.MaxBodyBytes = 6;
            Handlers.Echo(exchange, done);
        }, $"PUT / HTTP/1.1\r\nContent-Length: 6\r\n{Close}sixsix", new HttpServerOptions { MaxBodyBytes = 5 });
        Assert.EndsWith("[sixsix]", answer.Text);
    }

    [Theory]
    [InlineData("a b", "x")]
    [InlineData("", "x")]
    [InlineData("X:", "x")]
    [InlineData("X", "a\r\nSet-Cookie: b")]
    [InlineData("X", "a\0")]
    [InlineData("content-length", "3")]
    [InlineData("Transfer-Encoding", "chunked")]
    [InlineData("Connection", "close")]
    public void A_field_that_could_break_the_answer_is_refused(string name, string value)
    {
        Exception? text = null, bytes = null;
        One(Servers.Memory, (exchange, done) =>
        {
            text = Record.Exception(() => exchange.Response.AddField(name, value));
            bytes = Record.Exception(() => exchange.Response.AddField(Encoding.UTF8.GetBytes(name), Encoding.UTF8.GetBytes(value)));
            done.Trigger();
        }, $"GET / HTTP/1.1\r\n{Close}");
        Assert.IsType<ArgumentException>(text);
        Assert.IsType<ArgumentException>(bytes);
        Assert.Throws<ArgumentException>(() => new PreparedResponse(200, null, 0, new KeyValuePair<string, string>(name, value)));
    }

    [Fact]
    public void An_exchange_that_has_ended_is_closed()
    {
        HttpExchange? kept = null;
        One(Servers.Memory, (exchange, done) =>
        {
            kept = exchange;
            done.Trigger();
        }, $"GET / HTTP/1.1\r\n{Close}");
        Assert.Throws<InvalidOperationException>(() => kept!.Response.Write("late"u8));
        Assert.Throws<InvalidOperationException>(() => kept!.Response.Status = 404);
        Assert.Equal("", kept!.Request.Path);
    }

    private static Answer One(string network, Action<HttpExchange, Event> handler, string request, HttpServerOptions? options = null) =>
        Assert.Single(Answers.Of(Servers.Ask(network, handler, options, Servers.Bytes(request))));
}
