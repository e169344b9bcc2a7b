namespace Tame;

/// <summary>Gives access to the failures that came with an exception.</summary>
public static class FailureExtensions
{
    /// <summary>
    /// Returns the other failures of the <c>twait</c> block that last threw this exception. A block throws the failure of the event that was created first;
    /// this method returns the rest. The same applies to a failed task with several exceptions, and to a run that ends with several.
    /// </summary>
    /// <param name="exception">The exception that you caught.</param>
    /// <returns>
    /// The others in the order in which their events were created, each once, with those that they brought from inner blocks. Empty if there was only one
    /// failure. A returned list never changes: when a block throws the same exception again, the exception gets another list.
    /// </returns>
    /// <exception cref="ArgumentNullException">The exception is null.</exception>
    /// <remarks>
    /// Any thread may call it. The other failures travel with an exception that escapes tamed methods. An exception that you pass on with
    /// <see cref="Event.Fail"/> arrives without them: throw it instead.
    /// </remarks>
    public static IReadOnlyList<Exception> OtherFailures(this Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return FailureGroup.OthersOf(exception);
    }
}
