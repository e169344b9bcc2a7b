namespace Tame.Runtime.Tests;

/// <summary>The garbage collector, as tests use it.</summary>
internal static class Collector
{
    /// <summary>Runs a full collection, and all finalizers that it queues.</summary>
    public static void Run()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    /// <summary>
    /// Makes the collector find losses, on the loop's thread: once to suspect them, once to be certain. They have arrived when <paramref name="then"/> runs.
    /// </summary>
    public static void FindLosses(EventLoop loop, Action then) => RunBefore(loop, () => RunBefore(loop, then));

    /// <summary>Runs the collector, and then an action after the messages of finalizers in the loop's inbox.</summary>
    public static void RunBefore(EventLoop loop, Action then)
    {
        Run();
        Loops.OnThread(() => loop.Post(then));
    }
}
