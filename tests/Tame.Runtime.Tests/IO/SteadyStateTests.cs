namespace Tame.Runtime.Tests.IO;

/// <summary>The cost of repeated waits for one descriptor. The tests are the same for each poller.</summary>
[Collection(nameof(Alone))]
public abstract class SteadyStateTests : PollerTests
{
    private protected SteadyStateTests(PollerKind kind)
        : base(kind)
    {
    }

    [Fact]
    public void A_steady_ping_pong_allocates_nothing()
    {
        var (here, there) = Posix.SocketPair();
        using var left = Posix.Own(here);
        using var right = Posix.Own(there);
        var events = new Rendezvous();
        var maker = Call.Make(static _ => { });
        Rally(200);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Rally(2000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Rally(int rounds)
        {
            for (int i = 0; i < rounds; i++)
            {
                Waits.Table.Wait(left, FdEvents.Read, maker.Make(events, 0));
                Pass(from: there, to: here);
                Waits.Table.Wait(right, FdEvents.Read, maker.Make(events, 0));
                Pass(from: here, to: there);
            }
        }

        void Pass(int from, int to)
        {
            Posix.Write(from);
            Waits.Table.Poll(0);
            if (!events.TryJoin())
                throw new InvalidOperationException("The ball was dropped.");
            Posix.Read(to);
        }
    }
}

public sealed class EpollSteadyStateTests() : SteadyStateTests(PollerKind.Epoll);

public sealed class PollSteadyStateTests() : SteadyStateTests(PollerKind.Poll);

public sealed class SelectSteadyStateTests() : SteadyStateTests(PollerKind.Select);
