using System.Globalization;
using System.Text;

namespace Tame.Testing;

/// <summary>Composes the messages of failures: what failed, where, and what to do.</summary>
internal static class Words
{
    /// <summary>Fails an assertion, with the calls that are blocked now.</summary>
    public static LoopAssertException Failure(EventLoop loop, Place place, string what, string whatToDo)
    {
        var blocked = loop.Blocked;
        return new LoopAssertException($"{what}\n{Tree(loop, blocked)}{whatToDo}", place, blocked);
    }

    /// <summary>A time as text.</summary>
    public static string Of(TimeSpan time) => time.ToString("c", CultureInfo.InvariantCulture);

    public static string Now(EventLoop loop) => Of(TimeSpan.FromTicks(loop.TimeProvider.GetTimestamp()));

    /// <summary>The part of a message that says why virtual time does not pass.</summary>
    public static string Holds(EventLoop loop)
    {
        if (!loop.IsVirtual)
            return "";
        var holds = loop.Holds;
        var text = new StringBuilder($" Virtual time is at {Now(loop)}.");
        if (holds.Explicit != 0)
            text.Append(CultureInfo.InvariantCulture, $" It stands still: EventLoop.HoldTime is held {Times(holds.Explicit)}.");
        else if (!loop.MayTimePass)
            text.Append(CultureInfo.InvariantCulture, $" It stands still: {Count(holds.Work, "task")} from outside the loop may be real work. If it only waits for time, give it the TimeProvider of the loop.");
        return text.ToString();
    }

    public static string Count(long count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");

    private static string Times(int count) => count == 1 ? "once" : Count(count, "time");

    private static string Tree(EventLoop loop, IReadOnlyList<BlockedCall> blocked) => blocked.Count == 0
        ? "No tamed call is waiting. "
        : $"Each of these calls is waiting, for the calls indented below it or for events that other code holds:\n{loop.BlockedTree()}\n";
}
