namespace Tame;

/// <summary>
/// Thrown by <c>EventLoop.Run</c> in virtual time if main's event is pending and nothing known to the loop can complete it. The calls of <see cref="Blocked"/>
/// would wait forever. The message shows them, with file and line, as a tree of which call waits for which.
/// </summary>
public sealed class DeadlockException : Exception
{
    /// <summary>Creates an exception without calls.</summary>
    public DeadlockException()
        : this("Nothing more can happen.")
    {
    }

    /// <summary>Creates an exception without calls.</summary>
    /// <param name="message">What happened.</param>
    public DeadlockException(string message)
        : base(message)
    {
    }

    /// <summary>Creates an exception without calls.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">Its cause.</param>
    public DeadlockException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal DeadlockException(string message, IReadOnlyList<BlockedCall> blocked)
        : base(message) =>
        Blocked = blocked;

    /// <summary>The calls that were waiting, the longest waiting first. <see cref="BlockedCall.WaitsFor"/> shows which call waits for which.</summary>
    public IReadOnlyList<BlockedCall> Blocked { get; } = [];
}
