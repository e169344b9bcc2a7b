using System.Net.Sockets;
using System.Runtime.InteropServices;
using Knot;

var command = KnotOptions.Command(Run).Parse(args);
if (command.Errors is [var first, ..])
    return Refuse(first.Message);
return command.Invoke();

static int Run(KnotOptions options)
{
    if (!Directory.Exists(options.Root))
        return Refuse($"there is no directory {options.Root}");
    try
    {
        using var server = new Server(options, Console.Out);
        Console.WriteLine(server.Address.GetLeftPart(UriPartial.Authority));
        Console.WriteLine($"serves {Path.GetFullPath(options.Root)}, caches up to {options.CacheBytes >> 20} MB; Ctrl-C stops");
        EventLoop.Run(done =>
        {
            server.Run(done);
            server.StopOn(PosixSignal.SIGINT);
            server.StopOn(PosixSignal.SIGTERM);
        });
        return 0;
    }
    catch (SocketException e)
    {
        return Refuse(e.SocketErrorCode == SocketError.AddressAlreadyInUse
            ? $"port {options.Port} is in use"
            : $"cannot listen on port {options.Port}: {e.Message}");
    }
}

static int Refuse(string reason)
{
    Console.Error.WriteLine($"knot: {reason}");
    return 1;
}
