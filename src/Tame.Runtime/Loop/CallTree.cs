using System.Globalization;
using System.Text;

namespace Tame;

/// <summary>Writes waiting calls as text: a line for each, followed by the calls that it waits for, indented.</summary>
internal sealed class CallTree
{
    private const int MostLines = 100;
    private const string Indent = "  ";
    private readonly StringBuilder _text = new();
    private readonly HashSet<BlockedCall> _shown = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<BlockedCall> _path = new(ReferenceEqualityComparer.Instance);
    private int _lines;

    private CallTree()
    {
    }

    /// <summary>Nothing can happen in virtual time, and main's event is pending.</summary>
    public static DeadlockException Deadlock(IReadOnlyList<BlockedCall> blocked) => new(
        "Main's event is pending, and nothing can complete it: no call can run, no timer is set, no event is lost, and the loop knows of no work outside it. " +
        (blocked.Count == 0
            ? "No tamed call is waiting: code that holds main's event does not complete it. "
            : $"Each of these calls is waiting, for the calls indented below it or for events that other code holds:\n{Of(blocked)}\n") +
        "Break the cycle, or complete the events. If another thread completes them, hold time with EventLoop.HoldTime until it has done so.",
        blocked);

    /// <summary>Writes each call once, the longest waiting first: calls that no other waits for, then cycles.</summary>
    public static string Of(IReadOnlyList<BlockedCall> blocked)
    {
        var tree = new CallTree();
        var waitedFor = new HashSet<BlockedCall>(blocked.SelectMany(call => call.WaitsFor), ReferenceEqualityComparer.Instance);
        foreach (var call in blocked.Where(call => !waitedFor.Contains(call)).Concat(blocked))
        {
            if (!tree._shown.Contains(call))
                tree.Add(call, depth: 0);
        }
        if (tree._shown.Count < blocked.Count)
            tree._text.Append(CultureInfo.InvariantCulture, $"... and {blocked.Count - tree._shown.Count} more calls\n");
        return tree._text.ToString().TrimEnd('\n');
    }

    private void Add(BlockedCall call, int depth)
    {
        if (_lines == MostLines)
            return;
        _lines++;
        for (int i = 0; i < depth; i++)
            _text.Append(Indent);
        _text.Append(CultureInfo.InvariantCulture, $"{call.Method} at {call.File}:{call.Line}");
        if (!_shown.Add(call))
        {
            _text.Append(_path.Contains(call) ? " (a cycle: shown above)\n" : " (shown above)\n");
            return;
        }
        _text.Append('\n');
        _path.Add(call);
        foreach (var callee in call.WaitsFor)
            Add(callee, depth + 1);
        _path.Remove(call);
    }
}
