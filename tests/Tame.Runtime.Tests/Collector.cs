namespace Tame.Runtime.Tests;

/// <summary>The garbage collector, as tests use it.</summary>
internal static class Collector
{
    /// <summary>A full collection, and all finalizers that it leaves to run.</summary>
    public static void Run()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    /// <summary>Has the collector find what is lost, on the loop's thread: once to suspect it, once to be sure. What it found has arrived when <paramref name="then"/> runs.</summary>
    public static void FindLosses(EventLoop loop, Action then) => RunBefore(loop, () => RunBefore(loop, then));

    /// <summary>Runs the collector, and then an action behind the word of finalizers in the loop's inbox.</summary>
    public static void RunBefore(EventLoop loop, Action then)
    {
        Run();
        Loops.OnThread(() => loop.Post(then));
    }
}
