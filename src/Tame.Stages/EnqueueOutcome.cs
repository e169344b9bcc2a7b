namespace Tame.Stages;

/// <summary>What a stage did with an offered item.</summary>
public enum EnqueueOutcome
{
    /// <summary>The stage has the item. It will be handled once, or returned by a stop.</summary>
    Accepted,

    /// <summary>The queue is full. The stage does not have the item.</summary>
    Full,

    /// <summary>The admission controller refused the item. <see cref="Stage.RetryAfter"/> says when another attempt may succeed.</summary>
    Overloaded,

    /// <summary>The stage is stopping, or has stopped. It does not have the item.</summary>
    Stopping,
}
