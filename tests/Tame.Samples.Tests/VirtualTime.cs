namespace Tame.Samples.Tests;

/// <summary>Runs tamed code on a loop whose clock jumps.</summary>
internal static class VirtualTime
{
    /// <summary>How long it took on that clock.</summary>
    public static TimeSpan Run(Action<Event> main)
    {
        TimeProvider? time = null;
        long start = 0;
        EventLoop.Run(
            done =>
            {
                time = EventLoop.Current!.TimeProvider;
                start = time.GetTimestamp();
                main(done);
            },
            new EventLoopOptions { VirtualTime = true });
        return time!.GetElapsedTime(start);
    }
}
