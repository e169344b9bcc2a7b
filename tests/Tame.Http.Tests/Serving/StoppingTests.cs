using System.Net;
using Tame.IO;

namespace Tame.Http.Tests.Serving;

/// <summary>Stopping in order, and the limits on connections.</summary>
public sealed partial class StoppingTests
{
    private const string Request = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    private const string Waiting = "GET /wait HTTP/1.1\r\nHost: a\r\n\r\n";

    [Theory]
    [MemberData(nameof(Servers.All), MemberType = typeof(Servers))]
    public void What_is_under_way_is_answered_as_the_last_and_idle_connections_close(string network)
    {
        string? idle = null, working = null, half = null;
        int failures = 0;
        var options = new HttpServerOptions { Connections = new ServeOptions { DrainTimeout = Timeout.InfiniteTimeSpan }, OnFailure = (_, _) => failures++, IdleTimeout = Timeout.InfiniteTimeSpan };
        EventLoop.Run(done => Stop(options, (a, b, c) => (idle, working, half) = (a, b, c), done), Servers.Loop(network));
        Assert.Equal(0, failures);
        Assert.Equal(1, Count(idle!, "HTTP/1.1 200 OK"));
        Assert.DoesNotContain("Connection: close", idle);
        Assert.Contains("Connection: close\r\n\r\nslow", working);
        Assert.Contains("Connection: close\r\n\r\nslow", half);
    }

    /// <summary>A loop that always has something to run looks at descriptors once in so many passes.</summary>
    private const int PassesPerPoll = 8;

    [Tamed] private static partial void Stop(HttpServerOptions options, Action<string, string, string> result, Event done);

    private static void StopBody(HttpServerOptions options, Action<string, string, string> result, Event done)
    {
        var listener = Network.Current.Listen(new IPEndPoint(IPAddress.Loopback, 0));
        using var served = new Rendezvous();
        listener.ServeHttp(Slow, options, mkevent(served));
        Connection idle, working, half;
        using (twait())
        {
            Network.Current.Connect(listener.LocalEndPoint, mkevent(out idle));
            Network.Current.Connect(listener.LocalEndPoint, mkevent(out working));
            Network.Current.Connect(listener.LocalEndPoint, mkevent(out half));
        }
        twait(e => idle.Send(Servers.Bytes(Request), e));
        twait(e => Servers.ReceiveUntil(idle, "slow", e), out string first);
        using (twait())
        {
            working.Send(Servers.Bytes(Waiting + Request), mkevent());
            half.Send(Servers.Bytes(Request[..20]), mkevent());
        }
        for (int i = 0; i < 10; i++)
        {
            twait(e => timer(TimeSpan.FromMilliseconds(5), e));
            for (int j = 0; j < 8 * PassesPerPoll; j++)
                twait(e => asap(e));        // on a busy machine timers alone may be due at each pass, and descriptors are looked at once in some passes
        }
        listener.Dispose();
        byte[] a, b, c;
        using (twait())
        {
            Servers.ReceiveAll(idle, mkevent(out a));
            Servers.ReceiveAll(working, mkevent(out b));
            Servers.ReceiveAll(half, mkevent(out c));
            half.Send(Servers.Bytes(Request[20..]), mkevent());
        }
        twait(served);      // with an endless time to drain, a connection that stays open would wait forever
        foreach (var connection in new[] { idle, working, half })
            connection.Dispose();
        result(first + Text(a), Text(b), Text(c));
        done.Trigger();
    }

    [Tamed] private static partial void Slow(HttpExchange exchange, Event done);

    private static void SlowBody(HttpExchange exchange, Event done)
    {
        if (exchange.Request.Path == "/wait")
            twait(e => exchange.WhenStopping(e));
        exchange.Response.Write("slow"u8);
        done.Trigger();
    }

    [Fact]
    public void An_event_that_waits_for_the_stop_is_dropped_when_its_exchange_ends()
    {
        int told = -1;
        EventLoop.Run(done => KeepsAnEvent(ready => told = ready, done), Servers.Loop(Servers.Memory));
        Assert.Equal(0, told);
    }

    [Tamed] private static partial void KeepsAnEvent(Action<int> result, Event done);

    private static void KeepsAnEventBody(Action<int> result, Event done)
    {
        var listener = Network.Current.Listen(new IPEndPoint(IPAddress.Loopback, 0));
        using var served = new Rendezvous();
        using var stopping = new Rendezvous();
        Event early = mkevent(stopping);
        listener.ServeHttp((exchange, e) => AnswersTwice(exchange, () => exchange.WhenStopping(early), e), null, mkevent(served));
        twait(e => Network.Current.Connect(listener.LocalEndPoint, e), out Connection connection);
        using var closing = connection;
        twait(e => connection.Send(Servers.Bytes("GET /first HTTP/1.1\r\nHost: a\r\n\r\n" + Request), e));
        twait(e => Servers.ReceiveUntil(connection, "first", e), out string _);
        listener.Dispose();     // the second exchange is in progress
        twait(e => Servers.ReceiveUntil(connection, "second", e), out string _);
        result(stopping.Ready);
        twait(served);
        done.Trigger();
    }

    [Tamed] private static partial void AnswersTwice(HttpExchange exchange, Action first, Event done);

    private static void AnswersTwiceBody(HttpExchange exchange, Action first, Event done)
    {
        bool isFirst = exchange.Request.Path == "/first";
        if (isFirst)
            first();
        else
            twait(e => timer(TimeSpan.FromMilliseconds(200), e));
        exchange.Response.Write(isFirst ? "first" : "second");
        done.Trigger();
    }

    [Fact]
    public void An_action_of_the_program_at_the_drain_does_not_replace_the_servers_own()
    {
        int drained = 0;
        var options = new HttpServerOptions { IdleTimeout = Timeout.InfiniteTimeSpan, Connections = new ServeOptions { DrainTimeout = TimeSpan.FromMinutes(1), OnDrain = () => drained++ } };
        var took = TimeSpan.Zero;
        EventLoop.Run(done => DrainsIdle(options, time => took = time, done), Servers.Loop(Servers.Memory));
        Assert.Equal(1, drained);
        Assert.InRange(took, TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    [Tamed] private static partial void DrainsIdle(HttpServerOptions options, Action<TimeSpan> result, Event done);

    private static void DrainsIdleBody(HttpServerOptions options, Action<TimeSpan> result, Event done)
    {
        var listener = Network.Current.Listen(new IPEndPoint(IPAddress.Loopback, 0));
        using var served = new Rendezvous();
        listener.ServeHttp(Handlers.Ignore, options, mkevent(served));
        twait(e => Network.Current.Connect(listener.LocalEndPoint, e), out Connection connection);
        using var closing = connection;
        twait(e => connection.Send(Servers.Bytes(Request), e));
        twait(e => Servers.ReceiveUntil(connection, "ignored", e), out string _);
        var time = EventLoop.Current!.TimeProvider;
        long start = time.GetTimestamp();
        listener.Dispose();
        twait(served);
        result(time.GetElapsedTime(start));
        done.Trigger();
    }

    [Fact]
    public void A_handler_that_goes_on_too_long_is_aborted()
    {
        var failures = new List<Exception>();
        EventLoop.Run(done => Overrun(new HttpServerOptions { Connections = new ServeOptions { DrainTimeout = TimeSpan.FromSeconds(5) }, OnFailure = (_, error) => failures.Add(error) }, done), Servers.Loop(Servers.Memory));
        Assert.Empty(failures);
    }

    [Tamed] private static partial void Overrun(HttpServerOptions options, Event done);

    private static void OverrunBody(HttpServerOptions options, Event done)
    {
        var listener = Network.Current.Listen(new IPEndPoint(IPAddress.Loopback, 0));
        using var served = new Rendezvous();
        listener.ServeHttp(Endless, options, mkevent(served));
        twait(e => Network.Current.Connect(listener.LocalEndPoint, e), out Connection connection);
        using var closing = connection;
        twait(e => connection.Send(Servers.Bytes(Request), e));
        twait(e => Servers.ReceiveUntil(connection, "data: 1", e), out string _);
        long start = EventLoop.Current!.TimeProvider.GetTimestamp();
        listener.Dispose();
        twait(served);
        Assert.InRange(EventLoop.Current!.TimeProvider.GetElapsedTime(start), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(7));
        done.Trigger();
    }

    [Tamed] private static partial void Endless(HttpExchange exchange, Event done);

    private static void EndlessBody(HttpExchange exchange, Event done)
    {
        exchange.Response.StartEvents();
        for (int i = 0; ; i++)
        {
            exchange.Response.WriteEvent($"{i}");
            twait(e => exchange.Response.Flush(e));
            twait(e => timer(TimeSpan.FromSeconds(1), e));
        }
    }

    [Fact]
    public void A_handler_is_told_that_the_server_stops()
    {
        byte[] all = [];
        EventLoop.Run(done => StopEvents(bytes => all = bytes, done), Servers.Loop(Servers.Memory));
        Assert.EndsWith("data: bye\n\n", Assert.Single(Answers.Of(all)).Text);
    }

    [Tamed] private static partial void StopEvents(Action<byte[]> result, Event done);

    private static void StopEventsBody(Action<byte[]> result, Event done)
    {
        var listener = Network.Current.Listen(new IPEndPoint(IPAddress.Loopback, 0));
        using var served = new Rendezvous();
        listener.ServeHttp(UntilStopped, null, mkevent(served));
        twait(e => Network.Current.Connect(listener.LocalEndPoint, e), out Connection connection);
        using var closing = connection;
        twait(e => connection.Send(Servers.Bytes(Request), e));
        twait(e => timer(TimeSpan.FromSeconds(10), e));
        listener.Dispose();
        twait(e => Servers.ReceiveAll(connection, e), out byte[] all);
        twait(served);
        result(all);
        done.Trigger();
    }

    [Tamed] private static partial void UntilStopped(HttpExchange exchange, Event done);

    private static void UntilStoppedBody(HttpExchange exchange, Event done)
    {
        exchange.Response.StartEvents();
        exchange.Response.WriteComment("here");
        twait(e => exchange.Response.Flush(e));
        twait(e => exchange.WhenStopping(e));
        Assert.True(exchange.IsStopping);
        exchange.Response.WriteEvent("bye");
        done.Trigger();
    }

    [Fact]
    public void The_last_of_the_requests_that_a_connection_may_make_closes_it()
    {
        var answers = Answers.Of(Servers.Ask(Servers.Memory, Handlers.Echo, new HttpServerOptions { MaxRequests = 3 }, Servers.Bytes(string.Concat(Enumerable.Repeat(Request, 5)))));
        Assert.Equal([false, false, true], answers.Select(answer => answer.Closes));
    }

    [Fact]
    public void A_client_that_sends_ahead_does_not_hold_up_another()
    {
        var order = new List<char>();
        Servers.Run(Servers.Memory, (exchange, done) =>
        {
            order.Add(exchange.Request.Path[1]);
            done.Trigger();
        }, new HttpServerOptions { MaxPipelined = 4 }, (listener, done) => TwoClients(listener.LocalEndPoint, done));
        string all = new([.. order]);
        Assert.Equal(101, all.Length);
        Assert.InRange(all.IndexOf('b', StringComparison.Ordinal), 0, 20);
    }

    [Tamed] private static partial void TwoClients(EndPoint server, Event done);

    private static void TwoClientsBody(EndPoint server, Event done)
    {
        using (twait())
        {
            Servers.Ask(server, [Servers.Bytes(string.Concat(Enumerable.Repeat("GET /a HTTP/1.1\r\nHost: a\r\n\r\n", 100)))], mkevent(out byte[] _));
            Servers.Ask(server, [Servers.Bytes("GET /b HTTP/1.1\r\nHost: a\r\n\r\n")], mkevent(out byte[] _));
        }
        done.Trigger();
    }

    private static string Text(byte[] bytes) => System.Text.Encoding.Latin1.GetString(bytes);

    private static int Count(string text, string part) => (text.Length - text.Replace(part, "", StringComparison.Ordinal).Length) / part.Length;
}
