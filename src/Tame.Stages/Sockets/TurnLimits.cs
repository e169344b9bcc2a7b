namespace Tame.Stages;

/// <summary>Checks the options of stages for input and output.</summary>
internal static class TurnLimits
{
    public static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(1);

    public static int AtLeastOne(int value, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, name);
        return value;
    }

    public static TimeSpan NotNegative(TimeSpan value, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero, name);
        return value;
    }
}
