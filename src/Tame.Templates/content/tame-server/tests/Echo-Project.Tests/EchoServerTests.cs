using System.Net;
using System.Net.Sockets;
using Tame.IO;
using Tame.Testing;

namespace EchoNamespace.Tests;

/// <summary>Server and clients on one loop, over a network in memory and in virtual time: the tests need no port, and two minutes pass at once.</summary>
public sealed partial class EchoServerTests : IDisposable
{
    private readonly StringWriter _log = new();

    public void Dispose() => _log.Dispose();

    [Fact]
    public void What_clients_send_comes_back_to_each()
    {
        Run(Talk);
        Assert.Empty(_log.ToString());
    }

    [Fact]
    public void A_client_that_vanishes_leaves_the_others_alone()
    {
        Run(Vanish);
        Assert.Contains("a client is lost", _log.ToString());
    }

    [Fact]
    public void A_silent_client_is_sent_away()
    {
        Run(StaySilent);
        Assert.Contains("a client is lost", _log.ToString());
    }

    /// <summary>Runs a server and a client until the client triggers its event. An exception of the client, such as a failed assertion, is thrown here.</summary>
    private void Run(Action<EndPoint, Event> client) => TestLoop.Run(
        done =>
        {
            var listener = Network.Current.Listen(new IPEndPoint(IPAddress.Loopback, 0));
            EchoServer.Run(listener, _log, Event.Detached);
            client(listener.LocalEndPoint, done);
        },
        new TestLoopOptions { Loop = new EventLoopOptions { Network = new MemoryNetwork() } });

    [Tamed]
    private static partial void Talk(EndPoint server, Event done);

    private static void TalkBody(EndPoint server, Event done)
    {
        string? toFirst, toSecond;

        // The block waits until all events made in it have triggered. So both clients talk at the same time.
        using (twait())
        {
            Ask(server, "hello", mkevent(out toFirst));
            Ask(server, "good day", mkevent(out toSecond));
        }

        Assert.Equal("hello", toFirst);
        Assert.Equal("good day", toSecond);
        done.Trigger();
    }

    [Tamed]
    private static partial void Vanish(EndPoint server, Event done);

    private static void VanishBody(EndPoint server, Event done)
    {
        twait(e => Network.Current.Connect(server, e), out Connection hasty);
        twait(e => hasty.Send("here"u8.ToArray(), e));

        // The connection is reset, not closed, as by a client that crashes.
        hasty.Abort();

        twait(e => Ask(server, "still here?", e), out string? answer);
        Assert.Equal("still here?", answer);
        done.Trigger();
    }

    [Tamed]
    private static partial void StaySilent(EndPoint server, Event done);

    private static void StaySilentBody(EndPoint server, Event done)
    {
        twait(e => Network.Current.Connect(server, e), out Connection silent);
        using var closing = silent;

        // The client sends nothing, so it receives nothing until the server resets the connection. EndsWithin asserts that this happens in time.
        var error = SocketError.Success;
        try
        {
            twait(e => silent.Receive(new byte[1], e.EndsWithin(EchoServer.IdleLimit)), out int _);
        }
        catch (SocketException e)
        {
            error = e.SocketErrorCode;
        }

        Assert.Equal(SocketError.ConnectionReset, error);
        done.Trigger();
    }

    /// <summary>Connects, sends a line, and returns the line that comes back.</summary>
    [Tamed]
    private static partial void Ask(EndPoint server, string text, Event<string?> answer);

    private static void AskBody(EndPoint server, string text, Event<string?> answer)
    {
        twait(e => Network.Current.Connect(server, e), out Connection connection);
        using var closing = connection;
        using var reader = new Reader(connection);
        using var writer = new Writer(connection);
        writer.WriteLine(text);
        twait(e => writer.Flush(e));
        twait(e => reader.ReadLine(e), out string? line);
        answer.Trigger(line);
    }
}
