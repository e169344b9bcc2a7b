using System.Net;

namespace Tame.IO.Tests;

/// <summary>The networks that tests run on: the one in memory in virtual time, and the system's, by its own calls and by .NET's sockets.</summary>
internal static class Networks
{
    public const string Memory = "memory";
    public const string System = "system";
    public const string Portable = "portable";

    public static readonly IPEndPoint AnyPort = new(IPAddress.Loopback, 0);

    public static EventLoopOptions Options(string network) => network == Memory
        ? new EventLoopOptions { Network = new MemoryNetwork(), VirtualTime = true }
        : new EventLoopOptions { Network = new SocketNetwork(new SocketNetworkOptions { UsePortableSockets = network == Portable }) };

    /// <summary>Runs a program on a network, to the end of its event.</summary>
    public static void Run(string network, Action<Event> main) => EventLoop.Run(main, Options(network));
}
