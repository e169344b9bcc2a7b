namespace Tame.Benchmarks.Ours;

/// <summary>The loop that this thread's rows run on, one after the other.</summary>
internal static class Loops
{
    /// <summary>Runs the loop, where it starts a tamed call, until the call stops it.</summary>
    public static void Run(Action start)
    {
        var loop = EventLoop.Current ?? new EventLoop();
        loop.Post(start);
        loop.Run();
    }

    /// <summary>For the end of a tamed call that <see cref="Run"/> has started.</summary>
    public static void Stop() => EventLoop.Current!.Stop();
}
