namespace Tame.Benchmarks.Ours;

/// <summary>Many timers set, every second cancelled, the others fired; again and again on one loop, as a server does.</summary>
internal static partial class Timers
{
    public static void Run(TimeSpan[] delays, int rounds, Action ended) => Loops.Run(() => All(delays, new Event[delays.Length], rounds, ended));

    [Tamed]
    private static partial void All(TimeSpan[] delays, Event[] events, int rounds, Action ended);

    private static void AllBody(TimeSpan[] delays, Event[] events, int rounds, Action ended)
    {
        for (var round = 0; round < rounds; round++)
        {
            using (twait())
            {
                for (var i = 0; i < delays.Length; i++) timer(delays[i], events[i] = mkevent());

                // The completion of an event cancels its timer.
                for (var i = 0; i < events.Length; i++)
                    if (Peers.Timers.IsCancelled(i))
                        events[i].Trigger();
            }

            ended();
        }

        Loops.Stop();
    }
}
