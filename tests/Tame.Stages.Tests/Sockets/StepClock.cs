namespace Tame.Stages.Tests.Sockets;

/// <summary>A clock that stands still between the steps of a test.</summary>
internal sealed class StepClock : TimeProvider
{
    private long _now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>How much later it is at each look.</summary>
    public TimeSpan PerLook { get; init; }

    public override long GetTimestamp() => _now += PerLook.Ticks;

    public void Step(TimeSpan time) => _now += time.Ticks;
}
