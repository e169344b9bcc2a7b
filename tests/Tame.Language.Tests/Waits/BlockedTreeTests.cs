namespace Tame.Language.Tests.Waits;

/// <summary>Who waits for whom, told by the event parameters of generated code.</summary>
public sealed partial class BlockedTreeTests
{
    [Fact]
    public void A_deadlock_names_each_call_below_the_one_that_waits_for_it()
    {
        var thrown = Assert.Throws<DeadlockException>(() => EventLoop.Run(done => Transfers(done), new EventLoopOptions { VirtualTime = true }));
        string[] tree = [.. thrown.Message.Split('\n').Where(line => line.Contains(" at ", StringComparison.Ordinal)).Select(line => Shorten(line))];
        Assert.Equal(["Transfers:27", "  Count:57", "    Rest:65", "  Transfer:44", "  Transfer:44"], tree);
        Assert.Equal(5, thrown.Blocked.Count);
    }

    /// <summary>The indent, the method's own name and the line.</summary>
    private static string Shorten(string line)
    {
        string indent = line[..^line.TrimStart().Length];
        return $"{indent}{line[..line.IndexOf(" at ", StringComparison.Ordinal)].Split('.')[^1]}{line[line.LastIndexOf(':')..]}";
    }

    [Tamed] private static partial void Transfers(Event done);

    private static void TransfersBody(Event done)
    {
        SharedMutex left = new(), right = new();
        using (twait())
        {
            Transfer(left, right, mkevent());
            Transfer(right, left, mkevent());
            Count(left, mkevent(out int _));
        }
        done.Trigger();
    }

    [Tamed] private static partial void Transfer(SharedMutex from, SharedMutex to, Event done);

    private static void TransferBody(SharedMutex from, SharedMutex to, Event done)
    {
        twait(e => from.Acquire(e));
        try
        {
            twait(e => timer(TimeSpan.FromSeconds(1), e));
            twait(e => to.Acquire(e));
            done.Trigger();
        }
        finally
        {
            from.Release();
        }
    }

    [Tamed] private static partial void Count(SharedMutex mutex, Event<int> count);

    private static void CountBody(SharedMutex mutex, Event<int> count)
    {
        twait(e => Rest(mutex, e));
        count.Trigger(1);
    }

    [Tamed] private static partial void Rest(SharedMutex mutex, Event? done);

    private static void RestBody(SharedMutex mutex, Event? done)
    {
        twait(e => mutex.Acquire(e));
        done?.Trigger();
    }
}
