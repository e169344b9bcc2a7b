namespace Tame;

/// <summary>
/// Thrown by <c>EventLoop.Run</c> in virtual time when main's event is pending and nothing that the loop knows of can make anything happen: the calls of
/// <see cref="Blocked"/> would wait forever. The message shows them, with file and line, as a tree of who waits for whom.
/// </summary>
public sealed class DeadlockException : Exception
{
    /// <summary>An exception without calls.</summary>
    public DeadlockException()
        : this("Nothing can happen any more.")
    {
    }

    /// <summary>An exception without calls.</summary>
    /// <param name="message">What happened.</param>
    public DeadlockException(string message)
        : base(message)
    {
    }

    /// <summary>An exception without calls.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">Its cause.</param>
    public DeadlockException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal DeadlockException(string message, IReadOnlyList<BlockedCall> blocked)
        : base(message) =>
        Blocked = blocked;

    /// <summary>The calls that were blocked, the longest waiting first. <see cref="BlockedCall.WaitsFor"/> tells who waits for whom.</summary>
    public IReadOnlyList<BlockedCall> Blocked { get; } = [];
}
