using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace EchoNamespace;

internal static partial class Program
{
    private static int Main(string[] args)
    {
        try
        {
            int port = args is [var text, ..] ? int.Parse(text, CultureInfo.InvariantCulture) : 5000;

            // An event loop on this thread, which runs until Start triggers its event.
            EventLoop.Run(done => Start(port, done));
            Console.WriteLine("stopped");
            return 0;
        }
        catch (Exception e) when (e is SocketException or FormatException or OverflowException or ArgumentOutOfRangeException)
        {
            Console.Error.WriteLine($"cannot listen: {e.Message}");
            return 1;
        }
    }

    [Tamed]
    private static partial void Start(int port, Event done);

    private static void StartBody(int port, Event done)
    {
        // This loop uses the system's network. The tests give their loops a network in memory. Port 0 picks a free port.
        var listener = Network.Current.Listen(new IPEndPoint(IPAddress.Loopback, port));
        Console.WriteLine($"listening on port {((IPEndPoint)listener.LocalEndPoint).Port}; Ctrl+C stops");

        // This call runs to its first wait and returns. Nothing waits for its end, so its event is a detached one.
        CloseAtSignal(listener, Event.Detached);
        twait(e => EchoServer.Run(listener, Console.Out, e));
        done.Trigger();
    }

    /// <summary>Closes the listener at the first signal, so that the server can finish its clients. A second signal ends the process at once.</summary>
    [Tamed]
    private static partial void CloseAtSignal(Listener listener, Event done);

    private static void CloseAtSignalBody(Listener listener, Event done)
    {
        // A rendezvous is a set of events. A wait for it ends when the first of them triggers.
        using (var signals = new Rendezvous())
        {
            signal(PosixSignal.SIGINT, mkevent(signals));
            signal(PosixSignal.SIGTERM, mkevent(signals));
            twait(signals);
        }

        listener.Dispose();
        done.Trigger();
    }
}
