using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Text;
using Tame.CompilerServices;

namespace Tame;

/// <summary>
/// The calls that one failure crossed. If it was thrown there, the runtime has written them into its stack trace. If it was passed on without a throw, they are
/// kept here until the exception is shown. The first 64 calls are named and the rest are counted, so that the cost of a failure is linear in the calls that it
/// crosses. An exception may fail events of several loops, so it is locked.
/// </summary>
internal sealed class CallTrace
{
    private const int Named = 64;
    private const int NamedOthers = 16;
    private const string OfClosures = " Tame.CompilerServices.Closure.";
    private static readonly ConditionalWeakTable<Exception, CallTrace> s_traces = [];
    private readonly StringBuilder _unwritten = new();
    private string _head = "";
    private string _written = "";
    private int _crossed;
    private int _counted;
    private int _others;

    /// <summary>The failure left a call through a wait outside every try region.</summary>
    public static void Add(Exception failure, ClosureType type, int line)
    {
        var trace = s_traces.GetOrCreateValue(failure);
        lock (trace)
        {
            if (trace._crossed++ < Named)
                trace._unwritten.Append("   at ").Append(type.Method).Append(" in ").Append(type.File).Append(":line ").Append(line).Append('\n');
        }
    }

    /// <summary>Other failures came with this one. Adds a line for each of the first 16.</summary>
    public static void AddOthers(Exception failure, IEnumerable<Exception> others)
    {
        string[] summaries = [.. others.Take(NamedOthers + 1).Select(Summary)];
        var trace = s_traces.GetOrCreateValue(failure);
        lock (trace)
        {
            foreach (string summary in summaries)
                trace.AddOther(summary);
        }
    }

    /// <summary>Writes the calls crossed so far into the failure's stack trace, before user code sees it.</summary>
    public static void Publish(Exception failure)
    {
        if (!s_traces.TryGetValue(failure, out var trace))
            return;
        lock (trace)
            trace.WriteNew(failure);
    }

    /// <summary>Returns the failure of a joined event, or null, ready to be shown to user code.</summary>
    public static Exception? Shown(Exception? failure)
    {
        if (failure is null)
            return null;
        failure = FailureGroup.Arrived(failure);
        Publish(failure);
        return failure;
    }

    /// <summary>Throws the failure out of a wait, and adds that call to the calls that it crossed.</summary>
    [DoesNotReturn]
    [StackTraceHidden]
    public static void Throw(Exception failure)
    {
        var trace = s_traces.GetOrCreateValue(failure);
        lock (trace)
        {
            trace._crossed++;
            trace.WriteNew(failure);
        }
        ExceptionDispatchInfo.Throw(failure);
    }

    private void AddOther(string summary)
    {
        if (_others > NamedOthers)
            return;
        _unwritten.Append("   also failed: ").Append(_others++ < NamedOthers ? summary : "more; OtherFailures() has them all").Append('\n');
    }

    private void WriteNew(Exception failure)
    {
        if (_unwritten.Length == 0 && _crossed <= Math.Max(Named, _counted))
            return;
        if (_counted == 0)
        {
            string shown = failure.StackTrace ?? "";
            _head += OfUsers(shown.StartsWith(_written, StringComparison.Ordinal) ? shown.AsSpan(_written.Length) : shown);
        }
        _head += _unwritten.ToString();
        _unwritten.Clear();
        _written = _head;
        if (_crossed > Named)
        {
            _counted = _crossed;
            _written += $"   ... and {_crossed - Named} more calls\n";
        }
        StackTraceText.Set(failure, _written);
    }

    /// <summary>The type and message on one line.</summary>
    private static string Summary(Exception failure)
    {
        string message;
        try
        {
            message = failure.Message;
        }
        catch (Exception)
        {
            message = ""; // the user's Message threw, but the failure itself matters more
        }
        int end = message.AsSpan().IndexOfAny('\r', '\n');
        return $"{failure.GetType()}: {(end < 0 ? message : message.AsSpan(0, end))}";
    }

    /// <summary>Removes the frames of closures. The runtime shows one below each body, and never hides the frame that catches.</summary>
    private static string OfUsers(ReadOnlySpan<char> trace)
    {
        var text = new StringBuilder();
        foreach (var line in trace.EnumerateLines())
        {
            if (!line.IsEmpty && !line.Contains(OfClosures, StringComparison.Ordinal))
                text.Append(line).Append('\n');
        }
        return text.ToString();
    }
}
