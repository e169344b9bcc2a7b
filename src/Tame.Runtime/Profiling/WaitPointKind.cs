namespace Tame;

/// <summary>The kind of a <see cref="WaitPoint"/>.</summary>
public enum WaitPointKind
{
    /// <summary>The place where calls of the method begin.</summary>
    Entry,

    /// <summary>A statement that waits.</summary>
    Wait,

    /// <summary>The place where calls of the method end, in whatever way.</summary>
    End,
}
