using System.Diagnostics;

namespace Tame;

/// <summary>How long a loop has been awake in its runs. The loop's thread writes it, and any thread may read it.</summary>
internal struct BusyTime
{
    /// <summary>Odd while the two fields below change.</summary>
    private int _version;
    private long _ended;
    private long _since;

    /// <summary>The loop's thread begins to run, or wakes up.</summary>
    public void Begin() => Change(_ended, Stopwatch.GetTimestamp());

    /// <summary>The loop's thread falls asleep, or its run ends.</summary>
    /// <param name="times">The number of times to count this period.</param>
    public void End(int times = 1) => Change(_ended + (Stopwatch.GetTimestamp() - _since) * times, 0);

    /// <summary>The time until now.</summary>
    public readonly TimeSpan Read()
    {
        while (true)
        {
            int version = Volatile.Read(in _version);
            long ended = Volatile.Read(in _ended);
            long since = Volatile.Read(in _since);
            if ((version & 1) == 0 && version == Volatile.Read(in _version))
                return Stopwatch.GetElapsedTime(0, since == 0 ? ended : ended + Stopwatch.GetTimestamp() - since);
            Thread.Yield();
        }
    }

    private void Change(long ended, long since)
    {
        Volatile.Write(ref _version, _version + 1);
        Interlocked.MemoryBarrier();
        _ended = ended;
        _since = since;
        Volatile.Write(ref _version, _version + 1);
    }
}
