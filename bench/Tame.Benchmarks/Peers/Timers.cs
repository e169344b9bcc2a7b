using System.Diagnostics;

namespace Tame.Benchmarks.Peers;

/// <summary>Many timers set, every second cancelled, the others fired. All sides get the same delays.</summary>
internal static class Timers
{
    /// <summary>Delays in no order: of those that fire up to a second, of those that are cancelled so long that none fires before.</summary>
    public static TimeSpan[] Delays(int count)
    {
        var random = new Random(2007);
        return [.. Enumerable.Range(0, count).Select(i => TimeSpan.FromMilliseconds(IsCancelled(i) ? random.Next(10_000, 60_000) : random.Next(1, 1_001)))];
    }

    public static bool IsCancelled(int timer) => timer % 2 != 0;

    /// <summary>System.Threading.Timer: the callbacks run on the thread pool.</summary>
    public static void RunThreadingTimer(TimeSpan[] delays)
    {
        var timers = new Timer[delays.Length];
        using var left = new CountdownEvent(delays.Length - delays.Length / 2);
        TimerCallback fire = state => ((CountdownEvent)state!).Signal();
        for (var i = 0; i < delays.Length; i++) timers[i] = new Timer(fire, left, delays[i], Timeout.InfiniteTimeSpan);
        for (var i = 0; i < timers.Length; i++)
            if (IsCancelled(i))
                timers[i].Dispose();
        left.Wait();
        GC.KeepAlive(timers);
    }

    /// <summary>
    /// A loop of one's own around a PriorityQueue. It removes nothing from the middle in less than linear time, so a cancelled timer stays,
    /// marked; the loop ends before it comes to those, which is kind to it.
    /// </summary>
    public static void RunPriorityQueue(TimeSpan[] delays)
    {
        var queue = new PriorityQueue<Entry, long>();
        var entries = new Entry[delays.Length];
        for (var i = 0; i < delays.Length; i++)
            queue.Enqueue(entries[i] = new Entry(), Stopwatch.GetTimestamp() + (long)(delays[i].TotalSeconds * Stopwatch.Frequency));
        for (var i = 0; i < entries.Length; i++)
            if (IsCancelled(i))
                entries[i].IsCancelled = true;

        for (var left = delays.Length - delays.Length / 2; left > 0;)
        {
            queue.TryPeek(out var entry, out var deadline);
            var wait = deadline - Stopwatch.GetTimestamp();
            if (wait > 0)
            {
                Thread.Sleep((int)(wait * 1000 / Stopwatch.Frequency) + 1);
                continue;
            }

            queue.Dequeue();
            if (!entry!.IsCancelled) left--;
        }
    }

    private sealed class Entry
    {
        public bool IsCancelled { get; set; }
    }
}
