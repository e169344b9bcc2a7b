using System.Net;
using Tame.IO;

namespace Tame.Http.Tests.Serving;

/// <summary>Clients that are slow, in virtual time.</summary>
public sealed partial class TimeTests
{
    private static readonly HttpServerOptions s_options = new()
    {
        IdleTimeout = TimeSpan.FromMinutes(1),
        HeadTimeout = TimeSpan.FromSeconds(10),
        BodyGrace = TimeSpan.FromSeconds(5),
        MinBodyRate = 100,
        SendTimeout = TimeSpan.FromSeconds(30),
    };

    private string _came = "";
    private TimeSpan _took;

    [Fact]
    public void A_silent_client_is_closed_after_its_time()
    {
        Drip("", 1, TimeSpan.Zero);
        Assert.Equal(("", TimeSpan.FromMinutes(1)), (_came, _took));
    }

    [Fact]
    public void A_client_that_falls_silent_after_an_answer_is_closed_too()
    {
        Drip("GET / HTTP/1.1\r\nHost: a\r\n\r\n", 1000, TimeSpan.Zero);
        Assert.StartsWith("HTTP/1.1 200 OK", _came);
        Assert.Equal(TimeSpan.FromMinutes(1), _took);
    }

    [Fact]
    public void A_head_that_drips_in_gets_408()
    {
        Drip("GET / HTTP/1.1\r\nX: " + new string('x', 100), 1, TimeSpan.FromSeconds(1));
        Assert.StartsWith("HTTP/1.1 408 Request Timeout", _came);
        Assert.InRange(_took, TimeSpan.FromSeconds(9.9), TimeSpan.FromSeconds(13));     // and the time to take the answer
    }

    [Fact]
    public void A_body_that_drips_in_gets_408()
    {
        Drip("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n" + new string('x', 1000), 60, TimeSpan.FromSeconds(1));
        Assert.StartsWith("HTTP/1.1 408 Request Timeout", _came);
        Assert.InRange(_took, TimeSpan.FromSeconds(9), TimeSpan.FromSeconds(16));
    }

    [Fact]
    public void A_body_at_the_rate_is_read_to_its_end()
    {
        Drip("POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 9000\r\n\r\n" + new string('x', 9000), 110, TimeSpan.FromSeconds(1));
        Assert.StartsWith("HTTP/1.1 200 OK", _came);
    }

    [Fact]
    public void Each_body_of_a_connection_has_its_own_time()
    {
        string one = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 400\r\n\r\n" + new string('x', 400);
        Drip(one + one, 60, TimeSpan.FromSeconds(1));
        Assert.Equal(3, _came.Split("HTTP/1.1 200 OK").Length);
    }

    [Theory]
    [InlineData("/?1000000")]
    public void A_client_that_takes_nothing_of_an_answer_is_reset(string target)
    {
        bool isClosed = false;
        Exception? failure = null;
        EventLoop.Run(done => Stall(target, s_options with { OnAnswered = exchange => isClosed = exchange.Response.BodyBytes < 3_000_000, OnFailure = (_, error) => failure = error }, done), Servers.Loop(Servers.Memory));
        Assert.True(isClosed);
        Assert.Null(failure);
    }

    [Tamed] private static partial void Stall(string target, HttpServerOptions options, Event done);

    private static void StallBody(string target, HttpServerOptions options, Event done)
    {
        var listener = Network.Current.Listen(new IPEndPoint(IPAddress.Loopback, 0));
        using var served = new Rendezvous();
        listener.ServeHttp(Handlers.Parts, options, mkevent(served));
        twait(e => Network.Current.Connect(listener.LocalEndPoint, e), out Connection connection);
        using var closing = connection;
        twait(e => connection.Send(Servers.Bytes($"GET {target} HTTP/1.1\r\nHost: a\r\n\r\n"), e));
        twait(e => timer(TimeSpan.FromSeconds(100), e));
        listener.Dispose();
        twait(served);
        done.Trigger();
    }

    /// <summary>Sends so many bytes at a time, and receives to the end.</summary>
    private void Drip(string bytes, int count, TimeSpan pause) =>
        Servers.Run(Servers.Memory, Handlers.Echo, s_options, (listener, done) => Drip(listener.LocalEndPoint, Servers.Bytes(bytes), count, pause, (came, took) => (_came, _took) = (came, took), done));

    [Tamed] private static partial void Drip(EndPoint server, byte[] bytes, int atATime, TimeSpan pause, Action<string, TimeSpan> result, Event done);

    private static void DripBody(EndPoint server, byte[] bytes, int atATime, TimeSpan pause, Action<string, TimeSpan> result, Event done)
    {
        var time = EventLoop.Current!.TimeProvider;
        long start = time.GetTimestamp();
        twait(e => Network.Current.Connect(server, e), out Connection connection);
        using var closing = connection;
        using var received = new Rendezvous();
        Servers.ReceiveAll(connection, mkevent(received, out byte[] all));
        for (int at = 0; at < bytes.Length && received.Ready == 0; at += atATime)
        {
            var piece = bytes.AsMemory(at, Math.Min(atATime, bytes.Length - at));
            try
            {
                twait(e => connection.Send(piece, e));
            }
            catch (System.Net.Sockets.SocketException)
            {
                break;      // the server has closed
            }
            twait(e => timer(pause, e));
        }
        twait(received);
        result(System.Text.Encoding.Latin1.GetString(all), time.GetElapsedTime(start));
        done.Trigger();
    }
}
