using System.Runtime.CompilerServices;

namespace Tame;

/// <summary>Rejects numbers and times that are out of range, with a message that says what to do.</summary>
internal static class Checks
{
    public static int AtLeast(int least, int value, string advice, [CallerArgumentExpression(nameof(value))] string name = "", [CallerMemberName] string member = "") =>
        value >= least ? value : throw Refused(name, member, value, advice);

    public static int Between(int least, int most, int value, string advice, [CallerArgumentExpression(nameof(value))] string name = "", [CallerMemberName] string member = "") =>
        value >= least && value <= most ? value : throw Refused(name, member, value, advice);

    /// <summary>Also rejects NaN.</summary>
    public static double Between(double least, double most, double value, string advice, [CallerArgumentExpression(nameof(value))] string name = "", [CallerMemberName] string member = "") =>
        value >= least && value <= most ? value : throw Refused(name, member, value, advice);

    public static TimeSpan NotNegative(TimeSpan value, string advice, [CallerArgumentExpression(nameof(value))] string name = "", [CallerMemberName] string member = "") =>
        value >= TimeSpan.Zero ? value : throw Refused(name, member, value, advice);

    /// <summary>Names the property if the value is that of its setter.</summary>
    private static ArgumentOutOfRangeException Refused(string name, string member, object value, string advice) => new(name == "value" ? member : name, value, advice);
}
