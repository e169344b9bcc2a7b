namespace Tame;

/// <summary>How a call got from one wait point to another.</summary>
public enum BlockingEdgeKind
{
    /// <summary>From a wait point of a call to the next of the same call.</summary>
    Continue,

    /// <summary>From a wait point of a call to the entry of a tamed method that it called.</summary>
    Call,

    /// <summary>From the end of a call to the wait of another call, which its event ended.</summary>
    Return,
}
