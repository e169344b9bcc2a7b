using System.Text;

namespace Tame;

/// <summary>A call of a tamed method that waits. Two are equal if method, file, line and time are.</summary>
/// <param name="Method">The tamed method.</param>
/// <param name="File">The file of its body.</param>
/// <param name="Line">The line of the wait, from one.</param>
/// <param name="Since">How long it has waited, exact to a few milliseconds: in virtual time by the loop's clock, otherwise by the system's.</param>
public sealed record BlockedCall(string Method, string File, int Line, TimeSpan Since)
{
    /// <summary>
    /// The blocked calls of the same loop that this one waits for, the longest waiting first: each has an event as a parameter that this wait needs, itself or
    /// behind a <c>+</c>, <c>Map</c>, <c>Bind</c> or <c>AtTrigger</c>. Empty if only other code holds such events: a field, a task, a channel, a thread.
    /// </summary>
    /// <remarks>Calls that wait for each other are in each other's lists, so a walk through them must remember where it has been.</remarks>
    public IReadOnlyList<BlockedCall> WaitsFor { get; internal set; } = [];

    /// <summary>The blocked calls of the same loop that wait for this one, the longest waiting first: this one is in the <see cref="WaitsFor"/> of each.</summary>
    /// <remarks>From caller to caller it leads up to the call that the loop's run waits for, unless code that is no blocked call lies between.</remarks>
    public IReadOnlyList<BlockedCall> WaitedForBy { get; internal set; } = [];

    /// <summary>The call has the event that <c>EventLoop.Run</c> gave to its main as a parameter, itself or behind other events, so that the run waits for it.</summary>
    public bool IsWaitedForByRun { get; internal set; }

    /// <inheritdoc/>
    public bool Equals(BlockedCall? other) => other is not null && (Method, File, Line, Since) == (other.Method, other.File, other.Line, other.Since);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Method, File, Line, Since);

    /// <summary>Leaves out what the call waits for: it may be the call itself.</summary>
    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append(nameof(Method)).Append(" = ").Append(Method).Append(", ").Append(nameof(File)).Append(" = ").Append(File);
        builder.Append(", ").Append(nameof(Line)).Append(" = ").Append(Line).Append(", ").Append(nameof(Since)).Append(" = ").Append(Since);
        return true;
    }
}
