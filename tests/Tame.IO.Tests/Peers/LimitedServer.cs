using System.Net;
using System.Net.Sockets;

namespace Tame.IO.Tests.Peers;

/// <summary>
/// An echo server with few descriptors. It says its port. "limit" leaves it so many descriptors; "state" says how many connections it has begun and ended, whether a descriptor is left, and how many failures it
/// was told; "connect" says how a connection of its own ends; "descriptors" counts those that are open.
/// </summary>
internal sealed partial class LimitedServer(int room)
{
    private readonly CountingEcho _echo = new();
    private int _failures;

    public EventLoop? Loop { get; private set; }

    [Tamed]
    public partial void Run(Event done);

    private void RunBody(Event done)
    {
        Loop = EventLoop.Current;
        using var input = StandardInput.Open();
        using var words = new Reader(input);
        using var served = new Rendezvous();
        var listener = Network.Current.Listen(Networks.AnyPort);
        listener.Serve(_echo.Serve, new ServeOptions { OnFailure = (_, _) => _failures++ }, mkevent(served));
        Console.WriteLine(((IPEndPoint)listener.LocalEndPoint).Port);
        while (true)
        {
            twait(e => words.ReadLine(e), out string? word);
            if (word is null)
                break;
            switch (word)
            {
                case "limit":
                    // The collector opens files of the system to learn how much memory is left. Without a descriptor it cannot, and may end the process for lack of memory.
                    // On a busy machine the clients take long, and failed accepts allocate all the while.
                    GC.TryStartNoGCRegion(1 << 30);
                    Console.WriteLine(Descriptors.Leave(room) ? "limited" : "refused");
                    break;
                case "connect":
                    twait(e => Connect(listener.LocalEndPoint, e), out string outcome);
                    Console.WriteLine(outcome);
                    break;
                case "descriptors":
                    Console.WriteLine(Descriptors.Count);
                    break;
                default:
                    Console.WriteLine($"{_echo.Begun} {_echo.Ended} {(Descriptors.AreLeft ? 1 : 0)} {_failures}");
                    break;
            }
        }
        listener.Dispose();
        twait(served);
        done.Trigger();
    }

    [Tamed]
    private static partial void Connect(EndPoint to, Event<string> outcome);

    private static void ConnectBody(EndPoint to, Event<string> outcome)
    {
        try
        {
            twait(e => Network.Current.Connect(to, e), out Connection connection);
            connection.Dispose();
            outcome.Trigger("connected");
        }
        catch (SocketException error)
        {
            outcome.Trigger($"{error.SocketErrorCode}");
        }
    }
}
