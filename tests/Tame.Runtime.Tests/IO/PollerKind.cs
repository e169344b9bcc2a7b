using Tame.IO;

namespace Tame.Runtime.Tests.IO;

/// <summary>One of the three pollers, for tests that are the same for each.</summary>
internal sealed record PollerKind(Func<IPoller> Open)
{
    public static readonly PollerKind Epoll = new(() => new EpollPoller());

    public static readonly PollerKind Poll = new(() => new PollPoller());

    /// <summary>It distinguishes sockets by their addresses.</summary>
    public static readonly PollerKind Select = new(() => new SelectPoller()) { Pair = Posix.TcpPair };

    /// <summary>Two connected sockets that the poller can distinguish from others.</summary>
    public Func<(int Here, int There)> Pair { get; private init; } = Posix.SocketPair;

    /// <summary>The same poller, driven by an event loop instead of by the test.</summary>
    public PollerKind UnderLoop => this with { IsUnderLoop = true };

    public bool IsUnderLoop { get; private init; }

    /// <summary>Options for a loop that watches its descriptors with this poller.</summary>
    public EventLoopOptions Loop => new() { OpenPoller = Open };
}

/// <summary>Tests of a table of descriptors with one of the pollers.</summary>
[Collection(nameof(Descriptors))]
public abstract class PollerTests : IDisposable
{
    private protected PollerTests(PollerKind kind)
    {
        Kind = kind;
        Waits = new Waits(kind.Open(), kind.IsUnderLoop);
    }

    private protected PollerKind Kind { get; }

    private protected Waits Waits { get; }

    public void Dispose()
    {
        Waits.Dispose();
        GC.SuppressFinalize(this);
    }
}

/// <summary>Tests that close descriptors and reuse their numbers run while no others do, because each loop of another test also opens descriptors.</summary>
[CollectionDefinition(nameof(Descriptors), DisableParallelization = true)]
public sealed class Descriptors;
