namespace Tame;

/// <summary>What a wait on a file descriptor waits for. With both values, the first to happen ends the wait.</summary>
/// <remarks>A hangup or an error ends every wait. The read or write that follows returns which it was. Source: <c>wait_on_fd</c> in Figure 2.</remarks>
[Flags]
public enum FdEvents
{
    /// <summary>Nothing. A wait rejects it.</summary>
    None = 0,

    /// <summary>There is data to read or a connection to accept, or the other side has closed.</summary>
    Read = 1,

    /// <summary>Data can be written, or a connect has ended.</summary>
    Write = 2,
}
