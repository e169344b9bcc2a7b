using System.Globalization;
using System.Net;
using Tame.Samples.Tests.Chats;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace Tame.Samples.Tests;

/// <summary>The tests, or after the word <c>load</c> the clients of a chat, for a test in another process.</summary>
internal static class Program
{
    public static Task<int> Main(string[] args) => args switch
    {
        ["load", var port, var count] => Task.FromResult(Load(Number(port), Number(count))),
        _ when args.Any(arg => arg is "-automated" or "@@") => ConsoleRunner.Run(args),
        _ => TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions),
    };

    private static int Load(int port, int count)
    {
        var load = new ChatLoad(new IPEndPoint(IPAddress.Loopback, port), count);
        EventLoop.Run(load.Run);
        Console.WriteLine($"{load.Lines} lines");
        return 0;
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
