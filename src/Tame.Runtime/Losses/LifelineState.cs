namespace Tame;

/// <summary>The state of a <see cref="Lifeline"/>.</summary>
internal enum LifelineState
{
    /// <summary>Its events are pending, or a block keeps it for its next use. Handles, and a body inside its block, hold it.</summary>
    Rented,

    /// <summary>Like <see cref="Rented"/>, but its finalizer has run. Its pending events are lost when its memory is reclaimed.</summary>
    Suspected,

    /// <summary>Its events were cancelled while handles may still exist.</summary>
    Orphaned,

    /// <summary>Free for the next event.</summary>
    Pooled,

    /// <summary>The loop never uses it again.</summary>
    Discarded,
}
