namespace Tame.Testing;

/// <summary>An assertion of this package failed, or a test exceeded its budget. The message says what, where, and what to do.</summary>
/// <remarks>xUnit.net v3 counts it as a failed assertion.</remarks>
public sealed class LoopAssertException : Exception, IAssertionException
{
    /// <summary>A failure without a place.</summary>
    public LoopAssertException()
        : this("An assertion about an event loop failed.")
    {
    }

    /// <summary>A failure without a place.</summary>
    /// <param name="message">What failed.</param>
    public LoopAssertException(string message)
        : base(message)
    {
    }

    /// <summary>A failure without a place.</summary>
    /// <param name="message">What failed.</param>
    /// <param name="innerException">Its cause.</param>
    public LoopAssertException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal LoopAssertException(string message, Place place, IReadOnlyList<BlockedCall> blocked)
        : base(message) =>
        (File, Line, Blocked) = (place.File, place.Line, blocked);

    /// <summary>The file of the assertion, or of the call of <see cref="TestLoop"/> where the test as a whole failed; empty if it is not known.</summary>
    public string File { get; } = "";

    /// <summary>The line of the assertion, from one; zero if it is not known.</summary>
    public int Line { get; }

    /// <summary>The calls that were blocked, the longest waiting first. <see cref="BlockedCall.WaitsFor"/> tells who waits for whom; the message shows them as a tree.</summary>
    public IReadOnlyList<BlockedCall> Blocked { get; } = [];
}

/// <summary>By an interface of this name, from whatever assembly, xUnit.net v3 knows a failed assertion.</summary>
internal interface IAssertionException;

/// <summary>Where an assertion is.</summary>
internal readonly record struct Place(string File, int Line)
{
    public override string ToString() => $"{File}:{Line}";
}
