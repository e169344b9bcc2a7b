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
    public static void RunThreadingTimer(TimeSpan[] delays, int rounds, Action ended)
    {
        var timers = new Timer[delays.Length];
        using var left = new CountdownEvent(1);
        TimerCallback fire = state => ((CountdownEvent)state!).Signal();
        for (var round = 0; round < rounds; round++)
        {
            left.Reset(delays.Length - delays.Length / 2);
            for (var i = 0; i < delays.Length; i++) timers[i] = new Timer(fire, left, delays[i], Timeout.InfiniteTimeSpan);
            for (var i = 0; i < timers.Length; i++)
                if (IsCancelled(i))
                    timers[i].Dispose();
            left.Wait();
            ended();
        }

        GC.KeepAlive(timers);
    }

    /// <summary>
    /// A loop of one's own around a PriorityQueue, with entries that are used again. It removes nothing from the middle in less than linear time, so a
    /// cancelled timer stays, marked; a round ends before it comes to those and forgets them, which is kind to it.
    /// </summary>
    public static void RunPriorityQueue(TimeSpan[] delays, int rounds, Action ended)
    {
        var queue = new PriorityQueue<Entry, long>();
        var entries = new Entry[delays.Length];
        for (var i = 0; i < entries.Length; i++) entries[i] = new Entry();
        for (var round = 0; round < rounds; round++)
        {
            for (var i = 0; i < delays.Length; i++)
            {
                entries[i].IsCancelled = false;
                queue.Enqueue(entries[i], Stopwatch.GetTimestamp() + (long)(delays[i].TotalSeconds * Stopwatch.Frequency));
            }

            for (var i = 0; i < entries.Length; i++)
                if (IsCancelled(i))
                    entries[i].IsCancelled = true;
            Fire(queue, delays.Length - delays.Length / 2);
            queue.Clear();
            ended();
        }
    }

    private static void Fire(PriorityQueue<Entry, long> queue, int left)
    {
        while (left > 0)
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
