namespace Tame;

/// <summary>What a wait on a descriptor waits for.</summary>
[Flags]
public enum FdEvents
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>There is something to read, or to accept, or the other side has closed.</summary>
    Read = 1,

    /// <summary>There is room to write, or a connect has ended.</summary>
    Write = 2,
}
