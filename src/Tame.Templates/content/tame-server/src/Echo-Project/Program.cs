using System.Globalization;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace EchoNamespace;

internal static class Program
{
    private static int Main(string[] args)
    {
        try
        {
            int port = args is [var text, ..] ? int.Parse(text, CultureInfo.InvariantCulture) : 5000;
            using var server = new EchoServer(port, Console.Out);
            Console.WriteLine($"listening on port {server.Port}; Ctrl+C stops");

            // The loop runs until the event `done` completes. Run never triggers it, but either signal fails it, and then EventLoop.Run throws. The
            // calls that are still waiting get an OperationCanceledException first: each client's `finally` closes its socket.
            EventLoop.Run(done => server.Run(done.WithSignal(PosixSignal.SIGINT).WithSignal(PosixSignal.SIGTERM)));
            return 0;
        }
        catch (OperationCanceledException)
        {
            Console.WriteLine("stopped");
            return 0;
        }
        catch (Exception e) when (e is SocketException or FormatException or OverflowException or ArgumentOutOfRangeException)
        {
            Console.Error.WriteLine($"cannot listen: {e.Message}");
            return 1;
        }
    }
}
