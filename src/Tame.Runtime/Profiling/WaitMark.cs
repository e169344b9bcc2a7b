namespace Tame;

/// <summary>What the recorder remembers of a blocked call until it resumes. The call keeps it for its next waits.</summary>
internal sealed class WaitMark
{
    /// <summary>The wait, by its <see cref="CompilerServices.Closure.Order"/>: of another wait the mark says nothing.</summary>
    public uint Order;

    /// <summary>When it blocked, in nanoseconds.</summary>
    public double At;

    /// <summary>The stretch that ended with the wait.</summary>
    public StretchRecord? Arrival;

    /// <summary>The end of the call that ended the wait; null where no call did.</summary>
    public StretchRecord? Return;

    /// <summary>How many descriptors were opened for the wait with that <see cref="HandedOrder"/>, outside of any stretch: those of an accept.</summary>
    public int Handed;
    public uint HandedOrder;

    /// <summary>An event parameter of the call completes others: a Map, a Bind or a sum.</summary>
    public bool IsLinked;
}
