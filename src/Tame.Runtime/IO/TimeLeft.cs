using System.Diagnostics;

namespace Tame.IO;

/// <summary>The rest of a wait that a signal handler may have interrupted, in milliseconds rounded up. -1 means no limit.</summary>
internal readonly struct TimeLeft(int timeoutMilliseconds)
{
    private readonly long _start = timeoutMilliseconds > 0 ? Stopwatch.GetTimestamp() : 0;

    public int Milliseconds => timeoutMilliseconds <= 0
        ? timeoutMilliseconds
        : Math.Max(0, (int)Math.Ceiling(timeoutMilliseconds - Stopwatch.GetElapsedTime(_start).TotalMilliseconds));
}
