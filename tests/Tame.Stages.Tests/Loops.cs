namespace Tame.Stages.Tests;

/// <summary>Loops as the tests use them.</summary>
internal static class Loops
{
    public static readonly TimeSpan Hang = TimeSpan.FromSeconds(60);

    /// <summary>Runs main under virtual time; nothing that waits on the clock waits really.</summary>
    public static void Run(Action<Event> main) => EventLoop.Run(main, new EventLoopOptions { VirtualTime = true });

    public static T Wait<T>(Task<T> task)
    {
        Assert.True(task.Wait(Hang), "It takes too long.");
        return task.Result;
    }

    public static void Drain(Stage<int> stage) => Assert.Empty(Wait(stage.StopAsync(Timeout.InfiniteTimeSpan)));

    public static Task<T> Ask<T>(EventLoop loop, Action<Event<T>> call) => loop.InvokeAsync(call);

    /// <summary>A loop that runs on a thread of its own until the end of the test, which a failure of it fails.</summary>
    public sealed class Running : IDisposable
    {
        private readonly EventLoopThread _thread = EventLoopThread.Start();

        public EventLoop Loop => _thread.Loop;

        public void Dispose() => Assert.True(_thread.StopAsync().Wait(Hang));
    }
}
