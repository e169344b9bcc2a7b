using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Knot;

var command = KnotCommand.Make(Run).Parse(args);
if (command.Errors is [var first, ..])
    return Refuse(first.Message.Split('\n')[0].TrimEnd());
return command.Invoke();

static int Run(KnotOptions options)
{
    if (!Directory.Exists(options.Root))
        return Refuse($"there is no directory {options.Root}");
    using var printing = OperatingSystem.IsWindows() ? null : EventLoop.PrintBlockedOn(PosixSignal.SIGQUIT);
    try
    {
        new ServerGroup(options.WithCertificate(), Console.Out).Run(address =>
        {
            Console.WriteLine(address.GetLeftPart(UriPartial.Authority));
            Console.WriteLine($"serves {Path.GetFullPath(options.Root)}, caches up to {options.CacheBytes >> 20} MB; Ctrl-C stops");
        });
        return 0;
    }
    catch (SocketException e)
    {
        return Refuse(e.SocketErrorCode == SocketError.AddressAlreadyInUse
            ? $"port {options.Port} is in use"
            : $"cannot listen on port {options.Port}: {e.Message}");
    }
    catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
    {
        return Refuse($"the certificate cannot be used: {e.Message}");
    }
}

static int Refuse(string reason)
{
    Console.Error.WriteLine($"knot: {reason}");
    return 1;
}
