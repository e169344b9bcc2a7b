using System.Net.Sockets;
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
        using var servers = new ServerGroup(options, Console.Out);
        Console.WriteLine(servers.Address.GetLeftPart(UriPartial.Authority));
        Console.WriteLine($"serves {Path.GetFullPath(options.Root)}, caches up to {options.CacheBytes >> 20} MB; Ctrl-C stops");
        servers.Run();
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
