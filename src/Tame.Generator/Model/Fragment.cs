namespace Tame.Generator.Model;

/// <summary>
/// A place in the user's file, one-based as <c>#line</c> counts: the span of one statement or expression.
/// <see cref="Indent"/> is the white space that its line begins with, <see cref="Path"/> the file where a <c>#line</c> of the user's names one.
/// </summary>
internal readonly record struct SourceSpan(int StartLine, int StartColumn, int EndLine, int EndColumn)
{
    public required string Indent { get; init; }

    public string? Path { get; init; }
}

/// <summary>A stretch of the user's text, with what has to be put in place of some of its parts.</summary>
internal sealed record Fragment(EquatableArray<Piece> Pieces, SourceSpan Span)
{
    /// <summary><c>checked</c> or <c>unchecked</c> where an expression is moved out of such a block, and has to be enclosed.</summary>
    public string Operator { get; init; } = "";

    /// <summary>The same for a statement, which goes into a block.</summary>
    public string Block { get; init; } = "";

    /// <summary>Whether a statement in it may leave the method.</summary>
    public bool MayReturn { get; init; }

    /// <summary>A comment behind the text.</summary>
    public string Comment { get; init; } = "";
}

/// <summary>One part of a fragment.</summary>
internal abstract record Piece;

/// <summary>Text as it stands.</summary>
internal sealed record TextPiece(string Text) : Piece;

/// <summary>
/// A reference to a local by its index. Where C# would infer a member's name from it, <see cref="InferredBy"/> is the sign that
/// follows a written name: <c>": "</c> in a tuple, <c>" = "</c> in an anonymous object. <see cref="IsLater"/> where the reference stands in a lambda
/// and the like, which has to hold on to the scope object of this very entry. <see cref="KeepsName"/> where C# reads the text itself, so that it is the user's.
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

/// <summary>Takes hold of the scope objects that lambdas in the same fragment need: as statements, or inside a condition, which goes on behind it.</summary>
internal sealed record HoldScopesPiece(bool IsCondition) : Piece;

/// <summary>
/// From here to the <see cref="HeldValueEndPiece"/> of the same number there is one expression, which itself takes hold of the scope objects that its lambdas need: around its
/// statement there can be no braces. <see cref="IsOperand"/> where it stands in another expression.
/// </summary>
internal sealed record HeldValuePiece(int Number, bool IsOperand, bool IsInString = false) : Piece;

/// <summary>Where the user's text of such an expression begins.</summary>
internal sealed record HeldValueStartPiece(int Number, SourceSpan Place) : Piece;

internal sealed record HeldValueEndPiece(int Number) : Piece;

/// <summary>The fresh name under which a pattern first binds what a hoisted local then receives.</summary>
internal sealed record PatternPiece(int Local) : Piece;

/// <summary>The name of a label by its index.</summary>
internal sealed record LabelPiece(int Label) : Piece;

/// <summary>
/// From here to the <see cref="PointEndPiece"/> of the same number a debugger sees what stands at <see cref="Place"/> in the user's file; nothing
/// where that is null. <see cref="IsMade"/> where the stretch has been put together, so that it is not the place's own text.
/// </summary>
internal sealed record PointPiece(int Number, SourceSpan? Place, bool IsMade) : Piece;

internal sealed record PointEndPiece(int Number) : Piece;

/// <summary>The name of the method that locates the slots of one shape.</summary>
internal sealed record ShapePiece(int Shape) : Piece;
