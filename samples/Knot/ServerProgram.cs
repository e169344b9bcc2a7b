using System.CommandLine;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Knot;

/// <summary>Runs a server as a program: an error prints one line, and the exit code is 1.</summary>
internal static class ServerProgram
{
    /// <summary>Runs the command line.</summary>
    public static int Run(string name, RootCommand command, string[] args)
    {
        var parsed = command.Parse(args);
        return parsed.Errors is [var first, ..] ? Refuse(name, first.Message.Split('\n')[0].TrimEnd()) : parsed.Invoke();
    }

    /// <summary>Serves until a signal arrives.</summary>
    /// <param name="name">The program's name, for messages.</param>
    /// <param name="options">What the command line said.</param>
    /// <param name="make">Makes the server of one loop.</param>
    public static int Serve(string name, KnotOptions options, Func<KnotOptions, TextWriter, Server> make)
    {
        if (!Directory.Exists(options.Root))
            return Refuse(name, $"there is no directory {options.Root}");
        using var printing = OperatingSystem.IsWindows() ? null : EventLoop.PrintBlockedOn(PosixSignal.SIGQUIT);
        try
        {
            new ServerGroup(options.WithCertificate(), Console.Out, make).Run(address =>
            {
                Console.WriteLine(address.GetLeftPart(UriPartial.Authority));
                Console.WriteLine($"serves {Path.GetFullPath(options.Root)}, caches up to {options.CacheBytes >> 20} MB; Ctrl-C stops");
            });
            return 0;
        }
        catch (SocketException e)
        {
            return Refuse(name, e.SocketErrorCode == SocketError.AddressAlreadyInUse
                ? $"port {options.Port} is in use"
                : $"cannot listen on port {options.Port}: {e.Message}");
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return Refuse(name, $"the certificate cannot be used: {e.Message}");
        }
    }

    private static int Refuse(string name, string reason)
    {
        Console.Error.WriteLine($"{name}: {reason}");
        return 1;
    }
}
