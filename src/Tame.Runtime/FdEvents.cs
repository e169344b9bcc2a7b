namespace Tame;

/// <summary>What a wait on a descriptor waits for; with both, the first of them ends it.</summary>
/// <remarks>A hangup or an error ends every wait: the read or write that follows says which it was. Source: <c>wait_on_fd</c> in
/// Figure 2.</remarks>
[Flags]
public enum FdEvents
{
    /// <summary>Nothing, which is not worth waiting for: a wait refuses it.</summary>
    None = 0,

    /// <summary>There is something to read, a connection to accept, or the other side has closed.</summary>
    Read = 1,

    /// <summary>There is room to write, or a connect has ended.</summary>
    Write = 2,
}
