namespace Tame;

/// <summary>
/// A moment of virtual time. It is reached when everything has happened that happens up to it, and time would pass it. It is no timer: nothing waits for it, and
/// it hides no loss and no deadlock. On the loop's thread.
/// </summary>
internal abstract class TimeMark
{
    /// <summary>The moment, by the loop's clock.</summary>
    public long Due { get; set; }

    /// <summary>Its place among the marks of one moment.</summary>
    public long Order { get; set; }

    /// <summary>What is lost at that moment is reported before the mark is reached.</summary>
    public virtual bool LooksForLosses => false;

    /// <summary>It is reached only if a timer or another mark lies behind it.</summary>
    public virtual bool IsBudget => false;

    /// <summary>Time has come to it. It may complete events; it runs no user code.</summary>
    public abstract void Reached(EventLoop loop);
}
