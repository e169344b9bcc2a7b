namespace Tame.Benchmarks.Ours;

/// <summary>Many timers set, every second cancelled, the others fired.</summary>
internal static partial class Timers
{
    public static void Run(TimeSpan[] delays) => Loops.Run(() => All(delays, new Event[delays.Length]));

    [Tamed]
    private static partial void All(TimeSpan[] delays, Event[] events);

    private static void AllBody(TimeSpan[] delays, Event[] events)
    {
        using (twait())
        {
            for (var i = 0; i < delays.Length; i++) timer(delays[i], events[i] = mkevent());

            // Whoever completes the event cancels its timer.
            for (var i = 0; i < events.Length; i++)
                if (Peers.Timers.IsCancelled(i))
                    events[i].Trigger();
        }

        Loops.Stop();
    }
}
