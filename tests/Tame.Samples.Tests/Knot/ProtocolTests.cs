using System.Globalization;

namespace Tame.Samples.Tests.Knot;

public abstract class ProtocolTests : IDisposable
{
    private readonly KnotUnderTest _knot;

    protected ProtocolTests(Site site)
    {
        _knot = new KnotUnderTest(site);
        _knot.Root.Write("index.html", "<p>home");
        _knot.Root.Write("a b.txt", "spaced");
        _knot.Root.Write("sub/index.html", "<p>sub");
    }

    public void Dispose() => _knot.Dispose();

    [Fact]
    public void A_request_gets_its_file_with_the_fields_that_clients_need()
    {
        using var client = _knot.Connect();
        var answer = client.Get("/");

        Assert.Equal((200, "<p>home"), (answer.Status, answer.Text));
        Assert.Equal("text/html; charset=utf-8", Client.Field(answer.Head, "Content-Type"));
        Assert.Equal("7", Client.Field(answer.Head, "Content-Length"));
        var date = DateTimeOffset.ParseExact(Client.Field(answer.Head, "Date")!, "R", CultureInfo.InvariantCulture);
        Assert.InRange(date, DateTimeOffset.UtcNow.AddSeconds(-10), DateTimeOffset.UtcNow.AddSeconds(1));
    }

    [Fact]
    public void Http_1_1_keeps_the_connection_until_told_otherwise()
    {
        using var client = _knot.Connect();
        for (int i = 0; i < 3; i++)
            Assert.False(client.Get("/").Closes);
        Assert.True(client.Get("/", "Connection: close\r\n").Closes);
        Assert.True(client.IsAtEnd());
    }

    [Fact]
    public void Http_1_0_closes_the_connection_unless_told_otherwise()
    {
        using var client = _knot.Connect();
        var kept = client.Send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").Read();
        Assert.Equal("keep-alive", Client.Field(kept.Head, "Connection"));
        Assert.True(client.Send("GET / HTTP/1.0\r\n\r\n").Read().Closes);
        Assert.True(client.IsAtEnd());
    }

    [Fact]
    public void Head_is_answered_with_the_head_alone()
    {
        using var client = _knot.Connect();
        var answer = client.Send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n").Read(withoutBody: true);

        Assert.Equal((200, "7"), (answer.Status, Client.Field(answer.Head, "Content-Length")));
        Assert.Equal("<p>home", client.Get("/").Text);      // nothing stood between the two answers
        Assert.Equal(404, client.Send("HEAD /none HTTP/1.1\r\nHost: a\r\n\r\n").Read(withoutBody: true).Status);
        Assert.Equal("<p>home", client.Get("/").Text);
    }

    [Fact]
    public void Pipelined_requests_are_answered_in_order()
    {
        using var client = _knot.Connect();
        client.Send("GET / HTTP/1.1\r\nHost: a\r\n\r\nGET /none HTTP/1.1\r\nHost: a\r\n\r\nHEAD / HTTP/1.1\r\nHost: a\r\n\r\nGET /sub/ HTTP/1.1\r\nHost: a\r\n\r\n");

        Assert.Equal("<p>home", client.Read().Text);
        Assert.Equal(404, client.Read().Status);
        Assert.Equal(200, client.Read(withoutBody: true).Status);
        Assert.Equal("<p>sub", client.Read().Text);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(40)]
    public void Pipelined_requests_may_be_cut_anywhere(int size)
    {
        using var client = _knot.Connect();
        string requests = string.Concat(Enumerable.Repeat("GET / HTTP/1.1\r\nHost: a\r\n\r\nGET /sub/ HTTP/1.1\r\nHost: a\r\n\r\n", 3));
        foreach (char[] piece in requests.Chunk(size))
            client.Send(new string(piece));

        for (int i = 0; i < 3; i++)
            Assert.Equal(("<p>home", "<p>sub"), (client.Read().Text, client.Read().Text));
    }

    [Fact]
    public async Task Thousands_of_pipelined_requests_fill_no_buffer_and_lose_no_answer()
    {
        using var client = _knot.Connect();
        const int count = 5_000;
        var writer = Task.Run(() =>
        {
            string batch = string.Concat(Enumerable.Repeat("GET / HTTP/1.1\r\nHost: a\r\n\r\n", 100));
            for (int i = 0; i < count / 100; i++)
                client.Send(batch);
        }, TestContext.Current.CancellationToken);

        for (int i = 0; i < count; i++)
            Assert.Equal("<p>home", client.Read().Text);
        await writer;
    }

    [Theory]
    [InlineData("/a%20b.txt", 200)]
    [InlineData("/index.html?x=1", 200)]
    [InlineData("/sub", 301)]
    [InlineData("/none", 404)]
    [InlineData("/sub/none/", 404)]
    [InlineData("/../etc/passwd", 404)]
    [InlineData("/%2e%2e/%2e%2e/etc/passwd", 404)]
    [InlineData("/sub%2Findex.html", 404)]
    [InlineData("/index.html%00.txt", 404)]
    [InlineData("/%zz", 400)]
    public void Each_target_has_its_answer_and_the_connection_goes_on(string target, int status)
    {
        using var client = _knot.Connect();
        var answer = client.Get(target);

        Assert.Equal(status, answer.Status);
        Assert.False(answer.Closes);
        Assert.NotEmpty(answer.Body);
        Assert.Equal("<p>home", client.Get("/").Text);
    }

    [Theory]
    [InlineData("POST", 405)]
    [InlineData("OPTIONS", 405)]
    [InlineData("BREW", 501)]
    public void Other_methods_are_refused_and_the_connection_goes_on(string method, int status)
    {
        using var client = _knot.Connect();
        var answer = client.Send($"{method} / HTTP/1.1\r\nHost: a\r\n\r\n").Read();

        Assert.Equal(status, answer.Status);
        Assert.Equal(status == 405 ? "GET, HEAD" : null, Client.Field(answer.Head, "Allow"));
        Assert.Equal("<p>home", client.Get("/").Text);
    }

    [Theory]
    [InlineData("\x16\x03\x01\x02\x00\x01\x00", 400)]
    [InlineData("nonsense\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\n\r\n", 400)]
    [InlineData("GET / HTTP/3.0\r\nHost: a\r\n\r\n", 505)]
    public void Garbage_gets_an_answer_and_the_end(string bytes, int status)
    {
        using var client = _knot.Connect();
        var answer = client.Send(bytes).Read();

        Assert.Equal(status, answer.Status);
        Assert.True(answer.Closes);
        Assert.Contains("<h1>", answer.Text);
        client.ShutdownSend();
        Assert.True(client.IsAtEnd());
    }

    [Fact]
    public void What_is_too_long_is_refused_even_while_the_client_goes_on_sending()
    {
        using (var client = _knot.Connect())
        {
            client.Send("GET /" + new string('a', 200_000));
            Assert.Equal(414, client.Read().Status);
        }
        using (var client = _knot.Connect())
        {
            client.Send("GET / HTTP/1.1\r\nHost: a\r\nX: " + new string('x', 200_000));
            Assert.Equal(431, client.Read().Status);
        }
        using (var client = _knot.Connect())
        {
            client.Send("GET / HTTP/1.1\r\nHost: a\r\n" + string.Concat(Enumerable.Repeat("A: b\r\n", 5_000)));
            Assert.Equal(431, client.Read().Status);
        }
    }

    [Theory]
    [InlineData("GET", "Content-Length: 38\r\n", "GET /sub/ HTTP/1.1\r\nHost: smuggled\r\n\r\n", 200)]
    [InlineData("GET", "Transfer-Encoding: chunked\r\n", "26\r\nGET /sub/ HTTP/1.1\r\nHost: smuggled\r\n\r\n\r\n0\r\n\r\n", 200)]
    [InlineData("POST", "Content-Length: 38\r\n", "GET /sub/ HTTP/1.1\r\nHost: smuggled\r\n\r\n", 405)]
    public void A_body_is_never_taken_for_the_next_request(string method, string fields, string body, int status)
    {
        using var client = _knot.Connect();
        var answer = client.Send($"{method} / HTTP/1.1\r\nHost: a\r\n{fields}\r\n{body}").Read();

        Assert.Equal(status, answer.Status);
        Assert.Equal("<p>home", client.Get("/").Text);
        client.ShutdownSend();
        Assert.True(client.IsAtEnd());
    }

    [Fact]
    public void A_client_that_has_said_all_still_gets_its_answers()
    {
        using var client = _knot.Connect();
        client.Send("GET / HTTP/1.1\r\nHost: a\r\n\r\nGET /sub/ HTTP/1.1\r\nHost: a\r\n\r\n");
        client.ShutdownSend();

        Assert.Equal("<p>home", client.Read().Text);
        Assert.Equal("<p>sub", client.Read().Text);
        Assert.True(client.IsAtEnd());
    }
}

public sealed class KnotProtocolTests() : ProtocolTests(Site.Knot);

public sealed class HaboobProtocolTests() : ProtocolTests(Site.Haboob);
