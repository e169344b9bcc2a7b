using Tame.IO;
using Tame.Load;

namespace Tame.Samples.Tests.LoadGenerator;

/// <summary>Runs a load in virtual time, over a network in memory.</summary>
internal static partial class LoadInMemory
{
    /// <param name="serve">The server; null where there is none.</param>
    /// <param name="options">What to send, and where.</param>
    public static LoadResult Run(Action<Connection, Event>? serve, LoadOptions options)
    {
        LoadResult? result = null;
        EventLoop.Run(
            done =>
            {
                if (serve is not null)
                    Network.Current.Listen(options.Server).Serve(serve, null, Event.Ignored);
                Ask(options with { Spins = false }, value => result = value, done);
            },
            new EventLoopOptions { VirtualTime = true, Network = new MemoryNetwork(), OnExit = ExitBehavior.Abandon });
        return result!;
    }

    [Tamed] private static partial void Ask(LoadOptions options, Action<LoadResult> take, Event done);

    private static void AskBody(LoadOptions options, Action<LoadResult> take, Event done)
    {
        twait(e => LoadRun.Start(options, 0..options.Clients, null, e), out LoadResult result);
        take(result);
        done.Trigger();
    }
}
