// A TCP proxy with counters. It shows two directions that end independently, a time limit on a connect, and a timer and a signal in parallel to a server.
//
//   dotnet run --project samples/Proxy -- 5001 localhost 5000
using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using ProxyProgram;

if (args is not [var port, var host, var hostPort])
{
    Console.Error.WriteLine("usage: proxy PORT HOST PORT");
    return 1;
}
EventLoop.Run(done => Proxy.Run(int.Parse(port, CultureInfo.InvariantCulture), new ProxyServer(host, int.Parse(hostPort, CultureInfo.InvariantCulture), Console.Out), done));
return 0;

internal static partial class Proxy
{
    [Tamed] public static partial void Run(int port, ProxyServer proxy, Event done);

    private static void RunBody(int port, ProxyServer proxy, Event done)
    {
        var listener = Network.Current.Listen(new IPEndPoint(IPAddress.Loopback, port));
        Console.WriteLine($"port {((IPEndPoint)listener.LocalEndPoint).Port}; Ctrl-C stops");
        using var happenings = new Rendezvous<string>();
        signal(PosixSignal.SIGINT, mkevent(happenings, "stop"));
        proxy.Run(listener, mkevent(happenings, "over"));
        timer(TimeSpan.FromSeconds(10), mkevent(happenings, "tick"));
        string what;
        do
        {
            twait(happenings, out what);
            Console.WriteLine(proxy);
            if (what == "stop")
                listener.Dispose();
            else if (what == "tick")
                timer(TimeSpan.FromSeconds(10), mkevent(happenings, "tick"));
        }
        while (what != "over");
        done.Trigger();
    }
}
