// A chat server: lines, rooms, and ten thousand clients on one thread. It shows Serve, a Reader and a Writer for each client, and how to disconnect a client that does not keep up.
//
//   dotnet run --project samples/Chat -- 5000      then talk to it by `nc 127.0.0.1 5000`
using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using ChatProgram;

if (args is not [var port])
{
    Console.Error.WriteLine("usage: chat PORT");
    return 1;
}
EventLoop.Run(done => Chat.Run(int.Parse(port, CultureInfo.InvariantCulture), done));
return 0;

internal static partial class Chat
{
    [Tamed] public static partial void Run(int port, Event done);

    private static void RunBody(int port, Event done)
    {
        var listener = Network.Current.Listen(new IPEndPoint(IPAddress.Loopback, port), new ListenOptions { Backlog = 4096 });
        Console.WriteLine($"port {((IPEndPoint)listener.LocalEndPoint).Port}; Ctrl-C stops");
        CloseAtSignal(listener, Event.Detached);
        twait(e => new ChatServer(Console.Out).Run(listener, e));
        done.Trigger();
    }

    [Tamed] private static partial void CloseAtSignal(Listener listener, Event done);

    private static void CloseAtSignalBody(Listener listener, Event done)
    {
        using var either = new Rendezvous();
        signal(PosixSignal.SIGINT, mkevent(either));
        signal(PosixSignal.SIGTERM, mkevent(either));
        twait(either);
        listener.Dispose();
        done.Trigger();
    }
}
