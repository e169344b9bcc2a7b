using Tame.IO.Tests.Peers;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace Tame.IO.Tests;

/// <summary>The tests, or after the word <c>peer</c> the other process of a test.</summary>
internal static class Program
{
    public static Task<int> Main(string[] args) => args switch
    {
        ["peer", .. var rest] => Task.FromResult(PeerPrograms.Run(rest)),
        _ when args.Any(arg => arg is "-automated" or "@@") => ConsoleRunner.Run(args),
        _ => TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions),
    };
}
