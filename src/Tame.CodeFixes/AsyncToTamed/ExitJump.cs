namespace Tame.CodeFixes.AsyncToTamed;

/// <summary>The jump that leads from a statement to the end of its method.</summary>
internal enum ExitJump
{
    /// <summary>No jump: the statement is the last in everything around it.</summary>
    None,

    /// <summary>The statement is the last except for one <c>switch</c> around it.</summary>
    Break,

    /// <summary>Other statements follow.</summary>
    Goto,
}
