using System.Net;
using System.Net.Sockets;
using Tame.IO;
using Tame.Testing;

namespace Tame.Samples.Tests.TestingPrograms;

#region code
internal static partial class Greeter
{
    /// <summary>Greets a client by its name, for which it waits a minute.</summary>
    [Tamed] public static partial void Greet(Connection client, Event done);

    private static void GreetBody(Connection client, Event done)
    {
        using var reader = new Reader(client);
        using var writer = new Writer(client);
        twait(e => reader.ReadLine(e.WithTimeout(TimeSpan.FromMinutes(1))), out string? name);
        writer.WriteLine($"hello {name}");
        twait(e => writer.Flush(e));
        done.Trigger();
    }
}
#endregion

#region test
public sealed partial class GreeterTests
{
    /// <summary>A network for each test.</summary>
    private static TestLoopOptions InMemory => new() { Loop = new EventLoopOptions { Network = new MemoryNetwork() }, NothingLeft = true };

    [Fact]
    public void A_client_is_greeted_at_once() => TestLoop.Run(Ask, InMemory);

    [Fact]
    public void A_client_that_says_nothing_is_sent_away_after_a_minute() => TestLoop.Run(StaySilent, InMemory);

    [Tamed] private static partial void Ask(Event done);

    private static void AskBody(Event done)
    {
        twait(e => Connect(e), out Listener listener, out Connection client);
        using var reader = new Reader(client);
        twait(e => client.Send("Ada\n"u8.ToArray(), e));
        twait(e => reader.ReadLine(e.EndsWithin(TimeSpan.Zero)), out string? line);
        Assert.Equal("hello Ada", line);
        client.Dispose();
        listener.Dispose();
        done.Trigger();
    }

    [Tamed] private static partial void StaySilent(Event done);

    private static void StaySilentBody(Event done)
    {
        twait(e => Connect(e), out Listener listener, out Connection client);
        var aMinute = TimeSpan.FromMinutes(1);
        Exception? error = null;
        try
        {
            twait(e => client.Receive(new byte[10], e.StillBlockedAfter(aMinute - TimeSpan.FromSeconds(1)).EndsWithin(aMinute)), out int _);
        }
        catch (SocketException reset)
        {
            error = reset;
        }
        Assert.NotNull(error);
        client.Dispose();
        listener.Dispose();
        done.Trigger();
    }

    /// <summary>Starts the server, and connects a client to it.</summary>
    [Tamed] private static partial void Connect(Event<Listener, Connection> connected);

    private static void ConnectBody(Event<Listener, Connection> connected)
    {
        var listener = Network.Current.Listen(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Serve(Greeter.Greet, new ServeOptions { OnFailure = (_, _) => { } }, Event.Detached);
        twait(e => Network.Current.Connect(listener.LocalEndPoint, e), out Connection client);
        connected.Trigger(listener, client);
    }
}
#endregion
