namespace Tame;

/// <summary>The recorder's data about a waiting call, until it resumes. The call keeps it for its next waits.</summary>
internal sealed class WaitMark
{
    /// <summary>The <see cref="CompilerServices.Closure.Order"/> of the wait. The mark is invalid for any other wait.</summary>
    public uint Order;

    /// <summary>When it blocked, in nanoseconds.</summary>
    public double At;

    /// <summary>The stretch that ended with the wait.</summary>
    public StretchRecord? Arrival;

    /// <summary>The end of the call that ended the wait. Null if no call did.</summary>
    public StretchRecord? Return;

    /// <summary>
    /// The number of file descriptors that were opened for the wait with that <see cref="HandedOrder"/>, outside of any stretch, such as by an accept.
    /// </summary>
    public int Handed;
    public uint HandedOrder;

    /// <summary>True if an event parameter of the call completes others: it is a Map, a Bind, or a sum.</summary>
    public bool IsLinked;
}
