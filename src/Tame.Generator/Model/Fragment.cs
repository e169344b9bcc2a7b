namespace Tame.Generator.Model;

/// <summary>
/// A place in the user's file, one-based like <c>#line</c>: the span of one statement or expression. <see cref="Indent"/> is the white space at the start of
/// its line. <see cref="Path"/> is the file that a <c>#line</c> of the user names, if any.
/// </summary>
internal readonly record struct SourceSpan(int StartLine, int StartColumn, int EndLine, int EndColumn)
{
    public required string Indent { get; init; }

    public string? Path { get; init; }
}

/// <summary>A stretch of the user's text, with the replacements for some of its parts.</summary>
internal sealed record Fragment(EquatableArray<Piece> Pieces, SourceSpan Span)
{
    /// <summary><c>checked</c> or <c>unchecked</c> if an expression is moved out of such a block, and must be enclosed.</summary>
    public string Operator { get; init; } = "";

    /// <summary>The same for a statement, which goes into a block.</summary>
    public string Block { get; init; } = "";

    /// <summary>Whether a statement in it may leave the method.</summary>
    public bool MayReturn { get; init; }

    /// <summary>A comment after the text.</summary>
    public string Comment { get; init; } = "";
}

/// <summary>One part of a fragment.</summary>
internal abstract record Piece;

/// <summary>Unchanged text.</summary>
internal sealed record TextPiece(string Text) : Piece;

/// <summary>
/// A reference to a local by its index. If C# would infer a member's name from it, <see cref="InferredBy"/> is the sign that follows a written name: <c>":
/// "</c> in a tuple, <c>" = "</c> in an anonymous object. <see cref="IsLater"/> means that the reference is in a lambda or similar, which must hold the scope
/// object of this entry. <see cref="KeepsName"/> means that C# reads the text itself, so that it must be the user's.
/// </summary>
internal sealed record LocalPiece(int Local, string? InferredBy = null, bool IsLater = false, bool KeepsName = false) : Piece;

/// <summary>The closure.</summary>
internal sealed record ClosurePiece : Piece;

/// <summary>The number of a line in the user's file.</summary>
internal sealed record LinePiece(int Line) : Piece;

/// <summary>The object of a scope.</summary>
internal sealed record ScopePiece(int Scope) : Piece;

/// <summary>The class of a scope's objects.</summary>
internal sealed record ScopeTypePiece(int Scope) : Piece;

/// <summary>A new object for a scope.</summary>
internal sealed record NewScopePiece(int Scope) : Piece;

/// <summary>Holds the scope objects that lambdas in the same fragment need: as statements, or inside a condition, which continues after it.</summary>
internal sealed record HoldScopesPiece(bool IsCondition) : Piece;

/// <summary>
/// From here to the <see cref="HeldValueEndPiece"/> with the same number is one expression, which itself holds the scope objects that its lambdas need, because
/// its statement cannot have braces around it. <see cref="IsOperand"/> means that it is inside another expression.
/// </summary>
internal sealed record HeldValuePiece(int Number, bool IsOperand, bool IsInString = false) : Piece;

/// <summary>The start of the user's text of such an expression.</summary>
internal sealed record HeldValueStartPiece(int Number, SourceSpan Place) : Piece;

internal sealed record HeldValueEndPiece(int Number) : Piece;

/// <summary>The new name under which a pattern first binds the value for a hoisted local.</summary>
internal sealed record PatternPiece(int Local) : Piece;

/// <summary>The name of a label by its index.</summary>
internal sealed record LabelPiece(int Label) : Piece;

/// <summary>
/// From here to the <see cref="PointEndPiece"/> with the same number, a debugger sees the text at <see cref="Place"/> in the user's file, or nothing if that is
/// null. <see cref="IsMade"/> means that the stretch was composed, so that it is not the place's own text.
/// </summary>
internal sealed record PointPiece(int Number, SourceSpan? Place, bool IsMade) : Piece;

internal sealed record PointEndPiece(int Number) : Piece;

/// <summary>The name of the method that locates the slots of one shape.</summary>
internal sealed record ShapePiece(int Shape) : Piece;
