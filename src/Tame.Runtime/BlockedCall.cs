using System.Text;

namespace Tame;

/// <summary>A waiting call of a tamed method. Two are equal if their method, file, line, and time are equal.</summary>
/// <param name="Method">The tamed method.</param>
/// <param name="File">The file of its body.</param>
/// <param name="Line">The line of the wait, counted from one.</param>
/// <param name="Since">How long it has waited, exact to a few milliseconds. It is measured by the loop's clock in virtual time, otherwise by the
/// system's.</param>
public sealed record BlockedCall(string Method, string File, int Line, TimeSpan Since)
{
    /// <summary>
    /// The waiting calls of the same loop that this call waits for, the longest waiting first. Each has as a parameter an event that this wait needs, directly
    /// or through <c>+</c>, <c>Map</c>, <c>Bind</c>, or <c>AtTrigger</c>. The list is empty if only other code holds such events: a field, a task, a channel, a
    /// thread.
    /// </summary>
    /// <remarks>Calls that wait for each other are in each other's lists, so code that follows the lists must remember the calls it has visited.</remarks>
    public IReadOnlyList<BlockedCall> WaitsFor { get; internal set; } = [];

    /// <summary>
    /// The waiting calls of the same loop that wait for this call, the longest waiting first. This call is in the <see cref="WaitsFor"/> of each.
    /// </summary>
    /// <remarks>
    /// Follow it from caller to caller to find the call that the loop's run waits for. The path ends early at code that is not a waiting call.
    /// </remarks>
    public IReadOnlyList<BlockedCall> WaitedForBy { get; internal set; } = [];

    /// <summary>
    /// True if the run waits for this call: the call has as a parameter the event that <c>EventLoop.Run</c> passed to its main, directly or through other
    /// events.
    /// </summary>
    public bool IsWaitedForByRun { get; internal set; }

    /// <inheritdoc/>
    public bool Equals(BlockedCall? other) => other is not null && (Method, File, Line, Since) == (other.Method, other.File, other.Line, other.Since);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Method, File, Line, Since);

    /// <summary>Omits the calls that this call waits for, because the call itself may be among them.</summary>
    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append(nameof(Method)).Append(" = ").Append(Method).Append(", ").Append(nameof(File)).Append(" = ").Append(File);
        builder.Append(", ").Append(nameof(Line)).Append(" = ").Append(Line).Append(", ").Append(nameof(Since)).Append(" = ").Append(Since);
        return true;
    }
}
