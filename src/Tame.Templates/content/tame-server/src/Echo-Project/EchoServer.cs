using System.Net;
using System.Net.Sockets;

namespace EchoNamespace;

/// <summary>Sends back to each client what it sends, to all of them on the thread of one event loop.</summary>
public sealed partial class EchoServer : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
    private readonly TextWriter _log;

    /// <summary>Listens on a port of this machine; 0 picks a free one.</summary>
    public EchoServer(int port, TextWriter log)
    {
        _log = log;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
        _listener.Listen();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    /// <summary>How long a client may send nothing, or take nothing. A machine that loses its power says no goodbye.</summary>
    public TimeSpan IdleLimit { get; init; } = TimeSpan.FromMinutes(2);

    public void Dispose() => _listener.Dispose();

    /// <summary>Serves clients until the loop ends; <paramref name="done"/> fails where that is not possible any more.</summary>
    [Tamed]
    public partial void Run(Event done);

    private void RunBody(Event done)
    {
        while (true)
        {
            // This starts one operation and waits for its event; the loop serves the clients meanwhile.
            twait(e => wait_on_fd(_listener, FdEvents.Read, e));
            try
            {
                Socket client = _listener.Accept();
                client.Blocking = false;

                // Outside of any block: the call runs to its first wait and comes back. Nothing waits for its end; a failure that it does not handle
                // goes to EventLoop.UnhandledException, which ends the loop.
                Serve(client, Event.Detached);
            }
            catch (SocketException error)
            {
                // The client has changed its mind, or there are more clients than the system can take. Then a pause is better than asking at once.
                _log.WriteLine($"cannot accept: {error.Message}");
                twait(e => timer(TimeSpan.FromMilliseconds(100), e));
            }
        }
    }

    [Tamed]
    private partial void Serve(Socket client, Event done);

    private void ServeBody(Socket client, Event done)
    {
        try
        {
            var buffer = new byte[4096];
            int count;
            do
            {
                // Receive triggers its event with a value, which is in count behind the wait.
                twait(e => Receive(client, buffer, e), out count);
                twait(e => Send(client, buffer, count, e));
            }
            while (count > 0);
        }
        catch (Exception e) when (e is SocketException or TimeoutException)
        {
            // Thrown in Receive or Send, which nobody called on this stack: it came here by the event that they were given.
            _log.WriteLine($"a client is lost: {e.Message}");
        }
        finally
        {
            client.Dispose();
        }

        done.Trigger();
    }

    /// <summary>Triggers <paramref name="received"/> with the number of bytes that came, 0 when the client has sent all that it will.</summary>
    [Tamed]
    private partial void Receive(Socket client, byte[] buffer, Event<int> received);

    private void ReceiveBody(Socket client, byte[] buffer, Event<int> received)
    {
        int count;
        SocketError error;
        do
        {
            // WithTimeout fails the event with a TimeoutException, which the wait then throws.
            twait(e => wait_on_fd(client, FdEvents.Read, e.WithTimeout(IdleLimit)));
            count = client.Receive(buffer, SocketFlags.None, out error);
        }
        while (error == SocketError.WouldBlock);

        // What a tamed method throws fails its caller's event.
        if (error != SocketError.Success) throw new SocketException((int)error);
        received.Trigger(count);
    }

    /// <summary>Triggers <paramref name="done"/> when the first <paramref name="count"/> bytes are on their way.</summary>
    [Tamed]
    private partial void Send(Socket client, byte[] buffer, int count, Event done);

    private void SendBody(Socket client, byte[] buffer, int count, Event done)
    {
        int sent = 0;
        while (sent < count)
        {
            sent += client.Send(buffer, sent, count - sent, SocketFlags.None, out SocketError error);
            if (error == SocketError.WouldBlock)
                twait(e => wait_on_fd(client, FdEvents.Write, e.WithTimeout(IdleLimit)));
            else if (error != SocketError.Success)
                throw new SocketException((int)error);
        }

        done.Trigger();
    }
}
