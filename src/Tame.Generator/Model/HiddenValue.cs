namespace Tame.Generator.Model;

/// <summary>A value that the lowering of a statement keeps, and that has no name in the user's text.</summary>
internal enum HiddenValue
{
    /// <summary>The array or string that a <c>foreach</c> goes through by index.</summary>
    Items,

    /// <summary>The object that holds the inline array which a <c>foreach</c> goes through where it lies.</summary>
    Owner,

    /// <summary>The index of such a <c>foreach</c>.</summary>
    Index,

    /// <summary>The enumerator of a <c>foreach</c>.</summary>
    Enumerator,

    /// <summary>The resource of a <c>using</c> without a variable.</summary>
    Resource,

    /// <summary>The location that a join writes to.</summary>
    Target,

    /// <summary>The exception that a catch clause behind its try has caught.</summary>
    Caught,

    /// <summary>The exception that a <c>finally</c> behind its try throws when it has run.</summary>
    Thrown,

    /// <summary>The number of the jump that such a <c>finally</c> goes on with.</summary>
    Exit,
}
