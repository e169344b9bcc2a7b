using Tame.Benchmarks.Peers;

namespace Tame.Benchmarks.Ours;

/// <summary>A number of tamed calls, each of which waits in a loop for another thread.</summary>
internal sealed partial class Foreign(int outstanding)
{
    public void Run(int operations)
    {
        using var courier = new Courier<Event>(e => e.Trigger());
        Loops.Run(() => All(operations / outstanding, courier));
    }

    [Tamed]
    private partial void All(int times, Courier<Event> courier);

    private void AllBody(int times, Courier<Event> courier)
    {
        using (twait())
            for (var i = 0; i < outstanding; i++)
                One(times, courier, mkevent());
        Loops.Stop();
    }

    [Tamed]
    private static partial void One(int times, Courier<Event> courier, Event done);

    private static void OneBody(int times, Courier<Event> courier, Event done)
    {
        for (var i = 0; i < times; i++)
            using (twait())
                courier.Hand(mkevent());
        done.Trigger();
    }
}
