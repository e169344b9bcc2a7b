// A web server with a thread for each connection and blocking sockets: what event-driven servers are compared with.
using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using Tame.ThreadServer;

if (args is not ["--port", var port, "--root", var root] || !ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out ushort number) || !Directory.Exists(root))
{
    Console.Error.WriteLine("usage: ThreadServer --port PORT --root DIR");
    return 1;
}

using var server = new ThreadedServer(new IPEndPoint(IPAddress.Loopback, number), root);
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
Console.WriteLine($"http://{server.Address}");
server.Run();
return 0;

void Stop(PosixSignalContext context)
{
    context.Cancel = true;
    server.Dispose();
}
