using System.Diagnostics;

namespace Tame.Load;

/// <summary>Shows on a terminal how far a run is.</summary>
internal sealed class ProgressLine(LoadOptions options) : IProgress<long>
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private int _shown = -1;

    public void Report(long value)
    {
        int seconds = (int)Stopwatch.GetElapsedTime(_start).TotalSeconds;
        if (Interlocked.Exchange(ref _shown, seconds) == seconds)
            return;
        double whole = (options.WarmUp + options.Duration).TotalSeconds;
        Console.Error.Write(seconds < whole ? $"\r{seconds} of {whole:0} s, {value} answers" : "\r" + new string(' ', 60) + "\r");
    }
}
