using System.Collections.ObjectModel;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Tame;

/// <summary>
/// A failure together with the others that came with it. Events carry the group instead of the exception between the block, task, or loop that joins the
/// failures and the wait that throws the first. Users never see it.
/// </summary>
[SuppressMessage("Design", "CA1064", Justification = "It is an exception because events carry exceptions. No user can catch it.")]
internal sealed class FailureGroup : Exception
{
    private static readonly ConditionalWeakTable<Exception, FailureGroup> s_thrown = [];

    /// <summary>
    /// Exceptions and nested groups, in the order in which their events were created. A group keeps its parts, so that a failure that gains one part at each
    /// call stays linear.
    /// </summary>
    private readonly Exception[] _parts;
    private ReadOnlyCollection<Exception>? _others;

    private FailureGroup(Exception first, Exception[] parts) => (First, _parts) = (first, parts);

    /// <summary>The failure that is thrown.</summary>
    public Exception First { get; }

    private ReadOnlyCollection<Exception> Others => _others ??= Array.AsReadOnly(Flatten(this).Skip(1).ToArray());

    /// <summary>The other failures of the wait that last threw this exception. Safe on any thread.</summary>
    public static ReadOnlyCollection<Exception> OthersOf(Exception exception) =>
        s_thrown.TryGetValue(exception, out var group) ? group.Others : ReadOnlyCollection<Exception>.Empty;

    /// <summary>Joins failures, in the order in which to look for the first. Each of the others gets a line in the trace of the first.</summary>
    /// <param name="failures">At least one exception or group.</param>
    /// <returns>A group, or the exception if it is the only one.</returns>
    public static Exception Join(params IEnumerable<Exception> failures)
    {
        Exception[] parts = [.. failures.Distinct<Exception>(ReferenceEqualityComparer.Instance)];
        if (parts.Length == 1)
            return parts[0];
        var first = FirstOf(parts[0]);
        foreach (var part in parts.Skip(1))
            CallTrace.Publish(FirstOf(part));
        CallTrace.AddOthers(first, parts.Skip(1).SelectMany(Flatten).Where(other => !ReferenceEquals(other, first)));
        return new FailureGroup(first, parts);
    }

    /// <summary>Returns an exception as it leaves the call in which it was thrown, with the failures that came with it.</summary>
    public static Exception Leaving(Exception exception) => s_thrown.TryGetValue(exception, out var group) ? group : exception;

    /// <summary>
    /// Returns a failure as it is thrown or returned to user code. The failures that came with it are kept with it, and replace those of the last time.
    /// </summary>
    public static Exception Arrived(Exception failure)
    {
        if (failure is FailureGroup group)
        {
            if (!ReferenceEquals(Leaving(group.First), group))
                group.Keep();
            return group.First;
        }
        if (s_thrown.TryGetValue(failure, out _))
            s_thrown.Remove(failure);
        return failure;
    }

    /// <summary>Throws a failure out of a wait.</summary>
    [DoesNotReturn]
    [StackTraceHidden]
    public static void Throw(Exception failure) => CallTrace.Throw(Arrived(failure));

    private void Keep()
    {
        foreach (var group in _parts.OfType<FailureGroup>())
            s_thrown.AddOrUpdate(group.First, group);
        s_thrown.AddOrUpdate(First, this);
    }

    private static Exception FirstOf(Exception failure) => failure is FailureGroup group ? group.First : failure;

    /// <summary>Returns all exceptions of a failure, each once, without recursion: groups may be as deep as calls.</summary>
    private static IEnumerable<Exception> Flatten(Exception failure)
    {
        var seen = new HashSet<Exception>(ReferenceEqualityComparer.Instance);
        var left = new Stack<Exception>([failure]);
        while (left.TryPop(out var next))
        {
            if (!seen.Add(next))
                continue;
            if (next is not FailureGroup group)
            {
                yield return next;
                continue;
            }
            for (int i = group._parts.Length - 1; i >= 0; i--)
                left.Push(group._parts[i]);
        }
    }
}
