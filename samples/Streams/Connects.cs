using System.Net;
using System.Text;
using Tame.IO;

namespace StreamPrograms;

/// <summary>A server and a client, and two sockets that send datagrams.</summary>
public static partial class Connects
{
    #region connect
    [Tamed] public static partial void Run(TextWriter output, Event done);

    private static void RunBody(TextWriter output, Event done)
    {
        using var listener = Network.Current.Listen(new IPEndPoint(IPAddress.Loopback, 0));
        using (twait())
        {
            Greet(listener, mkevent());
            Ask(listener.LocalEndPoint, output, mkevent());
        }
        done.Trigger();
    }

    [Tamed] private static partial void Greet(Listener listener, Event done);

    private static void GreetBody(Listener listener, Event done)
    {
        twait(e => listener.Accept(e), out Connection client);
        using var closing = client;
        var buffer = new byte[1024];
        twait(e => client.Receive(buffer, e.WithTimeout(TimeSpan.FromSeconds(10))), out int count);
        twait(e => client.Send(Encoding.UTF8.GetBytes($"hello {Encoding.UTF8.GetString(buffer, 0, count)}"), e));
        done.Trigger();
    }

    [Tamed] private static partial void Ask(EndPoint server, TextWriter output, Event done);

    private static void AskBody(EndPoint server, TextWriter output, Event done)
    {
        twait(e => Network.Current.Connect(server, e), out Connection connection);
        using var closing = connection;
        twait(e => connection.Send("world"u8.ToArray(), e));
        var buffer = new byte[1024];
        twait(e => connection.Receive(buffer, e), out int count);
        output.WriteLine(Encoding.UTF8.GetString(buffer, 0, count));
        done.Trigger();
    }
    #endregion

    #region datagrams
    [Tamed] public static partial void Datagrams(TextWriter output, Event done);

    private static void DatagramsBody(TextWriter output, Event done)
    {
        using var one = Network.Current.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        using var two = Network.Current.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        twait(e => one.Send("ping"u8.ToArray(), two.LocalEndPoint, e));
        var buffer = new byte[1500];
        twait(e => two.Receive(buffer, e), out int count, out EndPoint sender);
        output.WriteLine($"{count} bytes from {(sender.Equals(one.LocalEndPoint) ? "one" : "another")}");
        done.Trigger();
    }
    #endregion

    #region names
    [Tamed] public static partial void Names(TextWriter output, Event done);

    private static void NamesBody(TextWriter output, Event done)
    {
        twait(e => Network.Current.Resolve("localhost", e), out IPAddress[] addresses);
        output.WriteLine(Array.TrueForAll(addresses, IPAddress.IsLoopback));
        using var listener = Network.Current.Listen(new IPEndPoint(IPAddress.IPv6Any, 0));
        int port = ((IPEndPoint)listener.LocalEndPoint).Port;
        twait(e => Network.Current.Connect("localhost", port, e), out Connection connection);
        connection.Dispose();
        done.Trigger();
    }
    #endregion
}
