namespace Tame.CodeFixes.AsyncToTamed;

/// <summary>How control comes from a statement to the end of its method.</summary>
internal enum WayToEnd
{
    /// <summary>The statement is the last of everything around it.</summary>
    FallThrough,

    /// <summary>It is so but for one <c>switch</c> around it, which a <c>break</c> leaves.</summary>
    Break,

    /// <summary>Other statements follow.</summary>
    Goto,
}
