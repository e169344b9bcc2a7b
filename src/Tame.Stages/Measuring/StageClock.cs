using System.Diagnostics;

namespace Tame.Stages;

/// <summary>A stage's time: nanoseconds of a time provider since the stage was created. Thread-safe.</summary>
internal sealed class StageClock(TimeProvider provider)
{
    private const long Nanoseconds = 1_000_000_000;
    private readonly bool _isSystem = ReferenceEquals(provider, TimeProvider.System) && Stopwatch.Frequency == Nanoseconds;
    private readonly long _frequency = provider.TimestampFrequency;
    private readonly long _origin = provider.GetTimestamp();

    public TimeProvider Provider { get; } = provider;

    public long Now => _isSystem ? Stopwatch.GetTimestamp() - _origin : Provided();

    public static TimeSpan Span(long nanoseconds) => TimeSpan.FromTicks(nanoseconds / 100);

    private long Provided()
    {
        long elapsed = unchecked(Provider.GetTimestamp() - _origin);
        return _frequency == TimeSpan.TicksPerSecond ? elapsed * 100 : (long)((Int128)elapsed * Nanoseconds / _frequency);
    }
}
