namespace Tame;

/// <summary>
/// A moment of virtual time. The loop reaches it when everything before it has happened and time would pass it. It is not a timer: nothing waits for it, and it
/// hides no lost event and no deadlock. For the loop's thread only.
/// </summary>
internal abstract class TimeMark
{
    /// <summary>The moment, by the loop's clock.</summary>
    public long Due { get; set; }

    /// <summary>Orders the marks of the same moment.</summary>
    public long Order { get; set; }

    /// <summary>Whether the loop reports the events that are lost at that moment before it reaches the mark.</summary>
    public virtual bool LooksForLosses => false;

    /// <summary>Whether the loop reaches the mark only if a later timer or another mark exists.</summary>
    public virtual bool IsBudget => false;

    /// <summary>Called when time has reached the mark. It may complete events; it must not run user code.</summary>
    public abstract void Reached(EventLoop loop);
}
