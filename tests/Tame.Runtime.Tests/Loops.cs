using System.Diagnostics;

namespace Tame.Runtime.Tests;

/// <summary>Creates and runs loops for tests.</summary>
internal static class Loops
{
    public static readonly TimeSpan Hang = TimeSpan.FromSeconds(60);

    public static EventLoopOptions Virtual => new() { VirtualTime = true };

    /// <summary>
    /// Runs main in virtual time, so that no wait on the clock takes real time. Afterward the accounts of the loop must balance, except for the objects that
    /// the test says it leaves in users' hands.
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

    /// <summary>Accounts that do not balance must not hide why the run ended.</summary>
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

    /// <summary>Debug builds count the objects outside their pools.</summary>
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

    /// <summary>Runs the blocks of one call in virtual time.</summary>
    public static void RunBlocks(params Action<Call>[] blocks) => Run(done => Call.Blocks(done, blocks));

    /// <summary>Runs the blocks of one call that leaves events outstanding, so that the accounts do not balance.</summary>
    public static void RunOpenEnded(params Action<Call>[] blocks) => EventLoop.Run(done => Call.Blocks(done, blocks), Virtual);

    /// <summary>Starts a separate thread for an action. It holds the time of this thread's loop, because it may trigger an event of the loop.</summary>
    public static void Beside(Action action)
    {
        var hold = EventLoop.Current!.HoldTime();
        new Thread(() =>
        {
            using (hold)
                action();
        }).Start();
    }

    /// <summary>Runs an action on a separate thread and waits for it, rethrowing its exception.</summary>
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
