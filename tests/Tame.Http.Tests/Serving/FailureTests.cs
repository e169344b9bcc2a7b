using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Tame.IO;

namespace Tame.Http.Tests.Serving;

/// <summary>Handlers that fail, and clients that leave.</summary>
public sealed partial class FailureTests
{
    private const string Request = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    private readonly List<Exception> _failures = [];

    private HttpServerOptions Told => new() { OnFailure = (_, error) => _failures.Add(error) };

    [Fact]
    public void A_handler_that_throws_is_answered_for_with_500_and_the_connection_goes_on()
    {
        int calls = 0;
        var answers = Answers.Of(Servers.Ask(Servers.Memory, (exchange, done) =>
        {
            exchange.Response.Write("half of it"u8);
            if (calls++ == 0)
                throw new FormatException("on purpose");
            done.Trigger();
        }, Told, Servers.Bytes(Request + Request)));
        Assert.Equal([500, 200], answers.Select(answer => answer.Status));
        Assert.Equal("500 Internal Server Error\n", answers[0].Text);
        Assert.Equal("on purpose", Assert.Single(_failures).Message);
    }

    [Fact]
    public void A_handler_that_fails_or_loses_its_event_is_answered_for_too()
    {
        int calls = 0;
        var answers = Answers.Of(Servers.Ask(Servers.Memory, (_, done) =>
        {
            if (calls++ == 0)
                done.Fail(new FormatException("on purpose"));
        }, Told, Servers.Bytes(Request + Request)));
        Assert.Equal([500, 500], answers.Select(answer => answer.Status));
        Assert.IsType<FormatException>(_failures[0]);
        Assert.IsType<LostEventException>(_failures[1]);
    }

    [Fact]
    public void More_than_was_announced_is_refused_and_never_sent()
    {
        Assert.Equal(500, Assert.Single(Answers.Of(Servers.Ask(Servers.Memory, WritesTooMuch, Told, Servers.Bytes(Request)))).Status);
        string begun = Servers.Text(Servers.Ask(Servers.Memory, WritesTooMuch, Told, Servers.Bytes(Request.Replace(" / ", " /begun ", StringComparison.Ordinal))));
        Assert.DoesNotContain("abcd", begun, StringComparison.Ordinal);
        Assert.Equal(2, _failures.Count);
        Assert.All(_failures, failure => Assert.Contains("longer than the length", Assert.IsType<InvalidOperationException>(failure).Message, StringComparison.Ordinal));
    }

    [Tamed] private static partial void WritesTooMuch(HttpExchange exchange, Event done);

    private static void WritesTooMuchBody(HttpExchange exchange, Event done)
    {
        exchange.Response.ContentLength = 3;
        exchange.Response.Write("ab"u8);
        if (exchange.Request.Path == "/begun")
            twait(e => exchange.Response.Flush(e));
        exchange.Response.Write("cd"u8);
        twait(e => exchange.Response.Flush(e));
        done.Trigger();
    }

    [Fact]
    public void A_bad_request_that_a_handler_throws_has_its_status_and_is_no_failure()
    {
        var answers = Answers.Of(Servers.Ask(Servers.Memory, (_, _) => throw new BadRequestException(422, "no"), Told, Servers.Bytes(Request)));
        Assert.Equal(422, Assert.Single(answers).Status);
        Assert.Empty(_failures);
    }

    [Theory]
    [MemberData(nameof(Servers.All), MemberType = typeof(Servers))]
    public void An_answer_that_has_begun_is_broken_off_by_a_reset(string network)
    {
        Exception? seen = null;
        string? text = null;
        Servers.Run(network, BeginsAndFails, Told, (listener, done) => AskForReset(listener.LocalEndPoint, Request, (came, error) => (text, seen) = (came, error), done));
        Assert.Contains("begun", text);
        Assert.Equal(SocketError.ConnectionReset, Assert.IsType<SocketException>(seen).SocketErrorCode);
        Assert.Equal("on purpose", Assert.Single(_failures).Message);
    }

    [Tamed] private static partial void BeginsAndFails(HttpExchange exchange, Event done);

    private static void BeginsAndFailsBody(HttpExchange exchange, Event done)
    {
        exchange.Response.Write("begun"u8);
        twait(e => exchange.Response.Flush(e));
        twait(e => timer(TimeSpan.FromMilliseconds(20), e));
        throw new FormatException("on purpose");
    }

    [Fact]
    public void A_body_shorter_than_its_length_is_500_before_the_head_and_a_reset_behind_it()
    {
        var answers = Answers.Of(Servers.Ask(Servers.Memory, (exchange, done) =>
        {
            exchange.Response.ContentLength = 5;
            exchange.Response.Write("four"u8);
            done.Trigger();
        }, Told, Servers.Bytes(Request)));
        Assert.Equal(500, Assert.Single(answers).Status);
        Exception? seen = null;
        Servers.Run(Servers.Memory, TooShort, Told, (listener, done) => AskForReset(listener.LocalEndPoint, Request, (_, error) => seen = error, done));
        Assert.IsType<SocketException>(seen);
        Assert.Equal(2, _failures.Count);
        Assert.All(_failures, failure => Assert.IsType<InvalidOperationException>(failure));
    }

    [Tamed] private static partial void TooShort(HttpExchange exchange, Event done);

    private static void TooShortBody(HttpExchange exchange, Event done)
    {
        exchange.Response.ContentLength = 5;
        exchange.Response.Write("four"u8);
        twait(e => exchange.Response.Flush(e));
        done.Trigger();
    }

    [Tamed] private static partial void AskForReset(EndPoint server, string request, Action<string, Exception?> result, Event done);

    private static void AskForResetBody(EndPoint server, string request, Action<string, Exception?> result, Event done)
    {
        twait(e => Network.Current.Connect(server, e), out Connection connection);
        using var closing = connection;
        twait(e => connection.Send(Servers.Bytes(request), e));
        string text = "";
        Exception? failure = null;
        var buffer = new byte[4096];
        int count = 1;
        while (count != 0)
        {
            try
            {
                twait(e => connection.Receive(buffer, e), out count);
            }
            catch (SocketException error)
            {
                failure = error;
                count = 0;
            }
            text += System.Text.Encoding.Latin1.GetString(buffer, 0, count);
        }
        result(text, failure);
        done.Trigger();
    }

    [Theory]
    [MemberData(nameof(Servers.All), MemberType = typeof(Servers))]
    public void Clients_that_leave_at_any_moment_are_no_failures(string network)
    {
        int answered = 0;
        var options = Told with { OnAnswered = _ => answered++ };
        Servers.Run(network, Handlers.Echo, options, (listener, done) => Leave(listener.LocalEndPoint, done));
        Assert.Empty(_failures);
        Assert.True(answered > 0);
    }

    [Tamed] private static partial void Leave(EndPoint server, Event done);

    private static void LeaveBody(EndPoint server, Event done)
    {
        byte[] request = Servers.Bytes($"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3000\r\n\r\n{new string('x', 3000)}");
        for (int i = 0; i < 60; i++)
        {
            twait(e => Network.Current.Connect(server, e), out Connection connection);
            int count = i * request.Length / 60;
            if (count != 0)
                twait(e => connection.Send(request.AsMemory(0, count), e));
            if (i % 2 == 0)
                twait(e => asap(e));
            if (i % 3 == 0)
                connection.Abort();
            connection.Dispose();
        }
        twait(e => Servers.Ask(server, [Servers.Bytes(Request)], e), out byte[] all);
        Assert.Equal(200, Answers.Of(all)[0].Status);
        done.Trigger();
    }

    [Fact]
    public void A_body_that_ends_too_early_is_400_if_the_handler_read_it()
    {
        var answers = Answers.Of(Servers.Ask(Servers.Memory, Handlers.Echo, Told, Servers.Bytes("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhalf")));
        Assert.Equal((400, true), (Assert.Single(answers).Status, answers[0].Closes));
        Assert.Empty(_failures);
    }

    [Fact]
    public void A_read_that_was_given_up_has_taken_nothing()
    {
        string? text = null;
        Servers.Run(Servers.Memory, GivesUp, Told, (listener, done) => SendLate(listener.LocalEndPoint, came => text = came, done));
        Assert.EndsWith("gave up, gave up, 0123456789", text);
        Assert.DoesNotContain("Connection: close", text);
    }

    [Tamed] private static partial void SendLate(EndPoint server, Action<string> result, Event done);

    private static void SendLateBody(EndPoint server, Action<string> result, Event done)
    {
        twait(e => Network.Current.Connect(server, e), out Connection connection);
        using var closing = connection;
        twait(e => connection.Send(Servers.Bytes("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n"), e));
        twait(e => timer(TimeSpan.FromSeconds(3), e));
        twait(e => connection.Send("0123456789"u8.ToArray(), e));
        twait(e => Servers.ReceiveUntil(connection, "789", e), out string text);
        result(text);
        done.Trigger();
    }

    [Theory]
    [MemberData(nameof(Servers.All), MemberType = typeof(Servers))]
    public void A_flush_that_was_given_up_resets_the_connection(string network)
    {
        Exception? seen = null, later = null;
        var givenUp = new StrongBox<Event>();
        Servers.Run(network, (exchange, done) => GivesUpFlush(exchange, givenUp, error => later = error, done), Told, (listener, done) => AskLate(listener.LocalEndPoint, givenUp, error => seen = error, done));
        Assert.IsType<SocketException>(seen);
        Assert.IsType<IOException>(later);
        Assert.Empty(_failures);
    }

    [Tamed] private static partial void GivesUpFlush(HttpExchange exchange, StrongBox<Event> givenUp, Action<Exception> result, Event done);

    private static void GivesUpFlushBody(HttpExchange exchange, StrongBox<Event> givenUp, Action<Exception> result, Event done)
    {
        exchange.Response.Write(new byte[20_000_000]);
        bool inTime;
        using (twait())
            exchange.Response.Flush(mkevent().WithTimeout(TimeSpan.FromMilliseconds(50), mkevent(out inTime)));
        Assert.False(inTime);
        givenUp.Value.Trigger();
        twait(e => timer(TimeSpan.FromMilliseconds(300), e));       // the client reads now
        try
        {
            exchange.Response.Write("more"u8);
            twait(e => exchange.Response.Flush(e));
        }
        catch (IOException error)
        {
            result(error);
        }
        done.Trigger();
    }

    [Tamed] private static partial void AskLate(EndPoint server, StrongBox<Event> late, Action<Exception> result, Event done);

    private static void AskLateBody(EndPoint server, StrongBox<Event> late, Action<Exception> result, Event done)
    {
        twait(e => Network.Current.Connect(server, e), out Connection connection);
        using var closing = connection;
        twait(e => connection.Send(Servers.Bytes(Request), e));
        using (twait())
            late.Value = mkevent();
        byte[] buffer = new byte[1 << 20];
        int count = 1;
        while (count != 0)
        {
            try
            {
                twait(e => connection.Receive(buffer, e), out count);
            }
            catch (SocketException error)
            {
                result(error);
                count = 0;
            }
        }
        done.Trigger();
    }

    [Tamed] private static partial void GivesUp(HttpExchange exchange, Event done);

    private static void GivesUpBody(HttpExchange exchange, Event done)
    {
        bool inTime;
        using (twait())
            exchange.Request.Read(new byte[10], mkevent(out int _).WithTimeout(TimeSpan.FromSeconds(1), mkevent(out inTime)));
        exchange.Response.Write(inTime ? "read, " : "gave up, ");
        using (twait())
            exchange.Request.ReadAll(10, mkevent(out ReadOnlyMemory<byte> _).WithTimeout(TimeSpan.FromSeconds(1), mkevent(out inTime)));
        exchange.Response.Write(inTime ? "read, " : "gave up, ");
        twait(e => exchange.Request.ReadAll(10, e), out ReadOnlyMemory<byte> body);
        exchange.Response.Write(body.Span);
        done.Trigger();
    }

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("5;name")]
    [InlineData("5\r")]
    [InlineData("5\r\nab")]
    [InlineData("5\r\nhello")]
    [InlineData("5\r\nhello\r")]
    [InlineData("5\r\nhello\r\n0\r\n")]
    [InlineData("5\r\nhello\r\n0\r\nA: b")]
    public void A_body_in_chunks_that_ends_anywhere_before_its_end_is_refused(string chunks)
    {
        byte[] request = Servers.Bytes("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks);
        Assert.StartsWith("HTTP/1.1 400 ", System.Text.Encoding.Latin1.GetString(Servers.Ask(Servers.Memory, Handlers.Echo, null, request)), StringComparison.Ordinal);
    }
}
