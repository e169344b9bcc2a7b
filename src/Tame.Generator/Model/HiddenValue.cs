namespace Tame.Generator.Model;

/// <summary>A value that the lowering of a statement keeps, without a name in the user's text.</summary>
internal enum HiddenValue
{
    /// <summary>The array or string that a <c>foreach</c> iterates by index.</summary>
    Items,

    /// <summary>The object with the inline array that a <c>foreach</c> iterates in place.</summary>
    Owner,

    /// <summary>The index of such a <c>foreach</c>.</summary>
    Index,

    /// <summary>The enumerator of a <c>foreach</c>.</summary>
    Enumerator,

    /// <summary>The resource of a <c>using</c> without a variable.</summary>
    Resource,

    /// <summary>The location that a join writes to.</summary>
    Target,

    /// <summary>The exception that a catch clause after its try has caught.</summary>
    Caught,

    /// <summary>The exception that a <c>finally</c> after its try throws when it has run.</summary>
    Thrown,

    /// <summary>The number of the jump with which such a <c>finally</c> continues.</summary>
    Exit,
}
