using System.Net;
using System.Net.Sockets;
using Tame.IO;
using Tame.Stages.Tests.Sockets;

namespace Echo;

/// <summary>The servers. Each prints its port, and then at each line of its input the processor time, the bytes allocated so far, and the bytes of its heap.</summary>
internal static class Servers
{
    /// <summary>Those that run unless some are named.</summary>
    public static readonly string[] All = ["tame", "tame-limits", "tame-portable", "saea", "stream", "stream-inline"];

    /// <summary>All that there are.</summary>
    public static readonly string[] Known = [.. All, "tame-empty", "saea-empty", "stages"];

    public static int Serve(string kind)
    {
        switch (kind)
        {
            case "tame" or "tame-limits" or "tame-portable" or "tame-empty":
                var network = new SocketNetwork(new SocketNetworkOptions { UsePortableSockets = kind == "tame-portable" });
                EventLoop.Run(done => TameServer.Run(TameServer.Of(kind), done), new EventLoopOptions { Network = network });
                return 0;
            case "stages":
                EventLoop.Run(RunStages, new EventLoopOptions { Network = new SocketNetwork() });
                return 0;
            case "saea" or "saea-empty":
                Run(listener => SocketServers.AcceptByArgs(listener, isEmpty: kind == "saea-empty"));
                return 0;
            case "stream" or "stream-inline":
                Run(listener => _ = SocketServers.AcceptStreams(listener));
                return 0;
            default:
                Console.Error.WriteLine($"There is no server '{kind}': choose of {string.Join(' ', Known)}.");
                return 1;
        }
    }

    /// <summary>Prints the port, and answers on a thread of its own.</summary>
    public static void Announce(EndPoint endPoint)
    {
        Console.WriteLine(((IPEndPoint)endPoint).Port);
        new Thread(Answer) { IsBackground = true }.Start();
    }

    private static void RunStages(Event done)
    {
        var listener = Network.Current.Listen(new IPEndPoint(IPAddress.Loopback, 0), new ListenOptions { Backlog = 4096 });
        new EchoServer().TryStart(listener, done);
        Announce(listener.LocalEndPoint);
    }

    private static void Answer()
    {
        while (Console.ReadLine() is { } line)
        {
            long allocated = GC.GetTotalAllocatedBytes(precise: false);
            long heap = line == "heap" ? GC.GetTotalMemory(forceFullCollection: true) : 0;
            Console.WriteLine($"{Environment.CpuUsage.TotalTime.TotalMicroseconds:F0} {allocated} {heap} {Environment.WorkingSet}");
        }
        Environment.Exit(0);
    }

    private static void Run(Action<Socket> accept)
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(4096);
        accept(listener);
        Announce(listener.LocalEndPoint!);
        Thread.Sleep(Timeout.Infinite);
    }
}
