namespace Tame.Load;

/// <summary>Nanoseconds since the run began, by the loop's clock.</summary>
internal sealed class Clock(TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();

    public long Now => (long)time.GetElapsedTime(_start).TotalNanoseconds;
}
