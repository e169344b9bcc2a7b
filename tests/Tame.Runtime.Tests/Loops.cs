using System.Diagnostics;

namespace Tame.Runtime.Tests;

/// <summary>Loops as the tests use them.</summary>
internal static class Loops
{
    public static readonly TimeSpan Hang = TimeSpan.FromSeconds(60);

    public static EventLoopOptions Virtual => new() { VirtualTime = true };

    /// <summary>
    /// Runs main under virtual time; nothing that waits on the clock waits really. Afterwards the books of the loop must balance, but for
    /// what the test says that it leaves in users' hands.
    /// </summary>
    public static void Run(Action<Event> main, int lifelines = 0, int entries = 0, int closures = 0)
    {
        EventLoop? loop = null;
        try
        {
            EventLoop.Run(
                done =>
                {
                    loop = EventLoop.Current;
                    main(done);
                },
                Virtual);
        }
        catch (Exception error) when (error is not Xunit.Sdk.XunitException)
        {
            AssertBalanceAfter(error, loop!, lifelines, entries, closures);
            throw;
        }
        AssertBalance(loop!, lifelines, entries, closures);
    }

    /// <summary>Books that do not balance must not hide why the run ended.</summary>
    private static void AssertBalanceAfter(Exception error, EventLoop loop, int lifelines, int entries, int closures)
    {
        try
        {
            AssertBalance(loop, lifelines, entries, closures);
        }
        catch (Xunit.Sdk.XunitException unbalanced)
        {
            throw new AggregateException(error, unbalanced);
        }
    }

    /// <summary>Debug builds count what is outside its pool.</summary>
    [Conditional("DEBUG")]
    public static void AssertBalance(EventLoop loop, int lifelines = 0, int entries = 0, int closures = 0, int slotSets = 0)
    {
#if DEBUG
        var left = new Dictionary<string, int>
        {
            ["lifelines"] = lifelines,
            ["entries"] = entries,
            ["slot sets"] = slotSets,
            ["closures and entries with ids"] = closures,
        };
        Assert.Equal(left.Where(kind => kind.Value != 0), loop.Outside);
#endif
    }

    /// <summary>Runs the blocks of one call under virtual time.</summary>
    public static void RunBlocks(params Action<Call>[] blocks) => Run(done => Call.Blocks(done, blocks));

    /// <summary>Runs the blocks of one call that leaves events outstanding, so that the books do not balance.</summary>
    public static void RunOpenEnded(params Action<Call>[] blocks) => EventLoop.Run(done => Call.Blocks(done, blocks), Virtual);

    /// <summary>Starts a thread of its own for an action, which holds the time of this thread's loop meanwhile, since it may trigger an event of it.</summary>
    public static void Beside(Action action)
    {
        var hold = EventLoop.Current!.HoldTime();
        new Thread(() =>
        {
            using (hold)
                action();
        }).Start();
    }

    /// <summary>Runs an action on a thread of its own and waits for it, rethrowing what it threw.</summary>
    public static void OnThread(Action action)
    {
        Exception? thrown = null;
        var thread = new Thread(() =>
        {
            try
            {
                action();
            }
            catch (Exception error)
            {
                thrown = error;
            }
        });
        thread.Start();
        Assert.True(thread.Join(Hang), "The thread hangs.");
        if (thrown is not null)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(thrown);
    }
}
