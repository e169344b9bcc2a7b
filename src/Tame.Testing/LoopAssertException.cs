namespace Tame.Testing;

/// <summary>An assertion of this package failed, or a test exceeded its budget. The message says what failed, where, and what to do.</summary>
/// <remarks>xUnit.net v3 counts it as a failed assertion.</remarks>
public sealed class LoopAssertException : Exception, IAssertionException
{
    /// <summary>Creates a failure that names no place.</summary>
    public LoopAssertException()
        : this("An assertion about an event loop failed.")
    {
    }

    /// <summary>Creates a failure that names no place.</summary>
    /// <param name="message">What failed.</param>
    public LoopAssertException(string message)
        : base(message)
    {
    }

    /// <summary>Creates a failure that names no place.</summary>
    /// <param name="message">What failed.</param>
    /// <param name="innerException">Its cause.</param>
    public LoopAssertException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal LoopAssertException(string message, Place place, IReadOnlyList<BlockedCall> blocked)
        : base(message) =>
        (File, Line, Blocked) = (place.File, place.Line, blocked);

    /// <summary>The file of the assertion, or of the call of <see cref="TestLoop"/> if the test as a whole failed; empty if it is not known.</summary>
    public string File { get; } = "";

    /// <summary>The line of the assertion, from one; zero if it is not known.</summary>
    public int Line { get; }

    /// <summary>The calls that were blocked, the longest waiting first. <see cref="BlockedCall.WaitsFor"/> says which call waits for which. The message shows them as a tree.</summary>
    public IReadOnlyList<BlockedCall> Blocked { get; } = [];
}

/// <summary>xUnit.net v3 recognizes a failed assertion by an interface of this name, from any assembly.</summary>
internal interface IAssertionException;

/// <summary>Where an assertion is.</summary>
internal readonly record struct Place(string File, int Line)
{
    public override string ToString() => $"{File}:{Line}";
}
