using System.Net;
using System.Text;
using Tame.IO;

namespace Tame.Http.Tests;

/// <summary>Servers for tests, on the network in memory in virtual time and on the system's, and clients that send exactly what a test wants sent.</summary>
internal static partial class Servers
{
    public const string Memory = "memory";
    public const string System = "system";
    public const string Portable = "portable";

    public static readonly TheoryData<string> All = [Memory, System, Portable];

    /// <summary>Runs a program that gets a server's address, and stops the server behind it. What handlers fail with fails the test, unless the options take it.</summary>
    public static void Run(string network, Action<HttpExchange, Event> handler, HttpServerOptions? options, Action<Listener, Event> program)
    {
        var failures = new List<Exception>();
        options ??= new HttpServerOptions();
        if (options.OnFailure is null)
            options = options with { OnFailure = (_, error) => failures.Add(error) };
        EventLoop.Run(done => Serve(handler, options, program, done), Loop(network));
        Assert.Empty(failures);
    }

    /// <summary>Sends bytes to a server and returns all that it sends until it closes the connection.</summary>
    public static byte[] Ask(string network, Action<HttpExchange, Event> handler, HttpServerOptions? options, params byte[][] pieces)
    {
        byte[] all = [];
        Run(network, handler, options, (listener, done) => AskInto(listener, pieces, bytes => all = bytes, done));
        return all;
    }

    public static EventLoopOptions Loop(string network) => network == Memory
        ? new EventLoopOptions { Network = new MemoryNetwork(), VirtualTime = true }
        : new EventLoopOptions { Network = new SocketNetwork(new SocketNetworkOptions { UsePortableSockets = network == Portable }) };

    public static string Text(byte[] bytes) => Encoding.Latin1.GetString(bytes);

    public static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);

    public static byte[][] OneAtATime(byte[] bytes) => [.. bytes.Select(b => new[] { b })];

    /// <summary>Sends pieces, ends the stream, and receives to the end.</summary>
    [Tamed] public static partial void Ask(EndPoint server, byte[][] pieces, Event<byte[]> answered);

    private static void AskBody(EndPoint server, byte[][] pieces, Event<byte[]> answered)
    {
        twait(e => Network.Current.Connect(server, e), out Connection connection);
        using var closing = connection;
        byte[] all;
        using (twait())
        {
            ReceiveAll(connection, mkevent(out all));
            SendAll(connection, pieces, mkevent());
        }
        answered.Trigger(all);
    }

    /// <summary>Receives to the end, or to the reset.</summary>
    [Tamed] public static partial void ReceiveAll(Connection connection, Event<byte[]> received);

    private static void ReceiveAllBody(Connection connection, Event<byte[]> received)
    {
        var all = new MemoryStream();
        var buffer = new byte[65536];
        int count = 1;
        while (count != 0)
        {
            try
            {
                twait(e => connection.Receive(buffer, e), out count);
            }
            catch (global::System.Net.Sockets.SocketException)
            {
                count = 0;
            }
            all.Write(buffer, 0, count);
        }
        received.Trigger(all.ToArray());
    }

    /// <summary>Receives until what came holds a text.</summary>
    [Tamed] public static partial void ReceiveUntil(Connection connection, string end, Event<string> received);

    private static void ReceiveUntilBody(Connection connection, string end, Event<string> received)
    {
        var all = new StringBuilder();
        var buffer = new byte[4096];
        while (!all.ToString().Contains(end, StringComparison.Ordinal))
        {
            twait(e => connection.Receive(buffer, e), out int count);
            if (count == 0)
                throw new EndOfStreamException($"The connection ended after: {all}");
            all.Append(Encoding.Latin1.GetString(buffer, 0, count));
        }
        received.Trigger(all.ToString());
    }

    [Tamed] private static partial void SendAll(Connection connection, byte[][] pieces, Event sent);

    private static void SendAllBody(Connection connection, byte[][] pieces, Event sent)
    {
        try
        {
            foreach (byte[] piece in pieces)
            {
                twait(e => connection.Send(piece, e));
                twait(e => asap(e));
            }
            connection.CloseSend();
        }
        catch (Exception error) when (error is global::System.Net.Sockets.SocketException or ObjectDisposedException)
        {
            // The server has closed.
        }
        sent.Trigger();
    }

    [Tamed] private static partial void AskInto(Listener listener, byte[][] pieces, Action<byte[]> result, Event done);

    private static void AskIntoBody(Listener listener, byte[][] pieces, Action<byte[]> result, Event done)
    {
        twait(e => Ask(listener.LocalEndPoint, pieces, e), out byte[] all);
        result(all);
        done.Trigger();
    }

    [Tamed] private static partial void Serve(Action<HttpExchange, Event> handler, HttpServerOptions options, Action<Listener, Event> program, Event done);

    private static void ServeBody(Action<HttpExchange, Event> handler, HttpServerOptions options, Action<Listener, Event> program, Event done)
    {
        var listener = Network.Current.Listen(new IPEndPoint(IPAddress.Loopback, 0));
        using var served = new Rendezvous();
        listener.ServeHttp(handler, options, mkevent(served));
        twait(e => program(listener, e));
        listener.Dispose();
        twait(served);
        done.Trigger();
    }
}
