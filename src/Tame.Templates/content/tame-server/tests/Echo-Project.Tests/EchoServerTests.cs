using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EchoNamespace.Tests;

/// <summary>Server and clients on one loop, with real sockets between them.</summary>
public sealed partial class EchoServerTests : IDisposable
{
    private readonly StringWriter _log = new();

    public void Dispose() => _log.Dispose();

    [Fact]
    public void What_clients_send_comes_back_to_each() => Run(Talk);

    [Fact]
    public void A_client_that_vanishes_leaves_the_others_alone()
    {
        Run(Vanish);
        Assert.Contains("a client is lost", _log.ToString());
    }

    [Fact]
    public void A_silent_client_is_sent_away() => Run(StaySilent, TimeSpan.FromMilliseconds(50));

    /// <summary>A server and a client, until the client triggers its event. What the client throws, a failed assertion too, fails it, and is thrown here.</summary>
    private void Run(Action<EchoServer, Event> client, TimeSpan? idleLimit = null)
    {
        using var server = new EchoServer(port: 0, _log) { IdleLimit = idleLimit ?? TimeSpan.FromMinutes(1) };
        EventLoop.Run(done =>
        {
            server.Run(Event.Detached);
            client(server, done.WithTimeout(TimeSpan.FromSeconds(30)));
        });
    }

    [Tamed]
    private partial void Talk(EchoServer server, Event done);

    private void TalkBody(EchoServer server, Event done)
    {
        using var first = new TcpClient();
        using var second = new TcpClient();
        string toFirst, toSecond;
        using (twait())
        {
            Ask(first, server.Port, "hello", mkevent(out toFirst));
            Ask(second, server.Port, "good day", mkevent(out toSecond));
        }

        Assert.Equal("hello", toFirst);
        Assert.Equal("good day", toSecond);
        done.Trigger();
    }

    [Tamed]
    private partial void Vanish(EchoServer server, Event done);

    private void VanishBody(EchoServer server, Event done)
    {
        using var patient = new TcpClient();
        using (var hasty = new TcpClient())
        {
            string answer;
            using (twait()) Ask(hasty, server.Port, "here", mkevent(out answer));

            // Closed so, the connection is not ended but reset, as by a client that crashes.
            hasty.Client.Close(timeout: 0);
        }

        string last;
        using (twait()) Ask(patient, server.Port, "still here?", mkevent(out last));
        Assert.Equal("still here?", last);
        done.Trigger();
    }

    [Tamed]
    private partial void StaySilent(EchoServer server, Event done);

    private void StaySilentBody(EchoServer server, Event done)
    {
        using var client = new TcpClient();
        using (twait()) client.ConnectAsync(IPAddress.Loopback, server.Port).Trigger(mkevent());

        // Nothing is sent, so nothing comes; but the server ends the connection.
        int count;
        using (twait()) client.GetStream().ReadAsync(new byte[1]).Trigger(mkevent(out count));
        Assert.Equal(0, count);
        done.Trigger();
    }

    /// <summary>Connects, sends a text and hands over what comes back.</summary>
    [Tamed]
    private static partial void Ask(TcpClient client, int port, string text, Event<string> answer);

    private static void AskBody(TcpClient client, int port, string text, Event<string> answer)
    {
        // Tasks are waited for as all else is: each triggers an event when it completes, and fails it when it fails.
        using (twait()) client.ConnectAsync(IPAddress.Loopback, port).Trigger(mkevent());
        var bytes = Encoding.UTF8.GetBytes(text);
        using (twait()) client.GetStream().WriteAsync(bytes).Trigger(mkevent());

        var received = new byte[bytes.Length];
        using (twait()) client.GetStream().ReadExactlyAsync(received).Trigger(mkevent());
        answer.Trigger(Encoding.UTF8.GetString(received));
    }
}
