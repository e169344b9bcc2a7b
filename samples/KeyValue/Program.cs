using System.Globalization;
using System.Net;
using System.Net.Sockets;
using KeyValue;

// A key-value server with a line protocol. docs/servers-howto.md explains it: `dotnet run --project samples/KeyValue -- 6400`, then `nc 127.0.0.1 6400`.
if (args is not [] && !(args is [var text] && ushort.TryParse(text, CultureInfo.InvariantCulture, out _)))
{
    Console.Error.WriteLine("usage: KeyValue [PORT], a number from 0 to 65535; 0 picks a free port, and the default is 6400");
    return 1;
}
int port = args is [var number] ? int.Parse(number, CultureInfo.InvariantCulture) : 6400;
try
{
    EventLoop.Run(done =>
    {
        var listener = Network.Current.Listen(new IPEndPoint(IPAddress.Loopback, port));
        Console.WriteLine($"listening on {listener.LocalEndPoint}; Ctrl+C stops");
        Server.CloseAtSignal(listener, Event.Detached);
        Server.Run(listener, new Store(), Console.Out, done);
    });
    Console.WriteLine("stopped");
    return 0;
}
catch (SocketException error)
{
    Console.Error.WriteLine($"cannot listen on port {port}: {error.Message}");
    return 1;
}
