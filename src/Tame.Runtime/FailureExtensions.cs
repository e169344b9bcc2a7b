namespace Tame;

/// <summary>What an exception says of the failures that came with it.</summary>
public static class FailureExtensions
{
    /// <summary>
    /// The other failures of the <c>twait</c> block that threw this exception last. A block throws the first failure in the order in which its events were made;
    /// here are the others. The same goes for a failed task with several exceptions, and for a run that ends with several.
    /// </summary>
    /// <param name="exception">What was caught.</param>
    /// <returns>
    /// The others in the order in which their events were made, each once, with those that they brought from the blocks below; empty where there was one
    /// failure. The list never changes: when a block throws the same exception again, the exception gets another list.
    /// </returns>
    /// <exception cref="ArgumentNullException">The exception is null.</exception>
    /// <remarks>
    /// Any thread may call it. The others travel with an exception that escapes tamed methods. An exception that you pass on by hand, with
    /// <see cref="Event.Fail"/>, arrives alone: throw it instead.
    /// </remarks>
    public static IReadOnlyList<Exception> OtherFailures(this Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return FailureGroup.OthersOf(exception);
    }
}
