namespace Tame.Runtime.Tests;

/// <summary>Loops as the tests use them.</summary>
internal static class Loops
{
    public static readonly TimeSpan Hang = TimeSpan.FromSeconds(60);

    public static EventLoopOptions Virtual => new() { VirtualTime = true };

    /// <summary>Runs main under virtual time; nothing that waits on the clock waits really.</summary>
    public static void Run(Action<Event> main) => EventLoop.Run(main, Virtual);

    /// <summary>Runs the blocks of one call under virtual time.</summary>
    public static void RunBlocks(params Action<Call>[] blocks) => Run(done => Call.Blocks(done, blocks));

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
