namespace Tame;

/// <summary>What a <see cref="WaitPoint"/> is.</summary>
public enum WaitPointKind
{
    /// <summary>Where calls of the method begin.</summary>
    Entry,

    /// <summary>A statement that waits.</summary>
    Wait,

    /// <summary>Where calls of the method end, however they end.</summary>
    End,
}
