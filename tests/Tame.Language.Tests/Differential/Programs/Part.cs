using System.Collections.Immutable;

namespace Tame.Language.Tests.Differential.Programs;

/// <summary>A piece of a program: text, an expression, a statement, or a list of statements.</summary>
internal abstract record Part;

/// <summary>Text that stands as it is.</summary>
internal sealed record Text(string Value) : Part;

/// <summary>An expression of a type, as C# writes it.</summary>
internal sealed record Expression(string Type, ImmutableArray<Part> Parts) : Part
{
    public override string ToString() => Printer.Print(this);
}

/// <summary>A statement, a member of a class or a section of a switch; the kind is for counting.</summary>
internal sealed record Statement(string Kind, ImmutableArray<Part> Parts) : Part
{
    public override string ToString() => Printer.Print(this);
}

/// <summary>Statements, in braces or in a section of a switch; the place says what they are the body of.</summary>
internal sealed record Body(string Place, ImmutableArray<Statement> Statements, bool IsBraced = true) : Part;

/// <summary>Questions about the parts of a program, and short ways to write them.</summary>
internal static class Parts
{
    /// <summary>Parts from strings and parts.</summary>
    public static ImmutableArray<Part> Of(params ReadOnlySpan<object> pieces)
    {
        var parts = ImmutableArray.CreateBuilder<Part>(pieces.Length);
        foreach (object piece in pieces)
            parts.Add(piece as Part ?? new Text((string)piece));
        return parts.DrainToImmutable();
    }

    public static ImmutableArray<Part> Children(this Part part) => part switch
    {
        Expression expression => expression.Parts,
        Statement statement => statement.Parts,
        Body body => [.. body.Statements],
        _ => [],
    };

    public static Part With(this Part part, ImmutableArray<Part> children) => part switch
    {
        Expression expression => expression with { Parts = children },
        Statement statement => statement with { Parts = children },
        Body body => body with { Statements = [.. children.Cast<Statement>()] },
        _ => part,
    };

    public static IEnumerable<Part> DescendantsAndSelf(this Part part) => part.Children().SelectMany(DescendantsAndSelf).Prepend(part);

    /// <summary>Whether a wait stands in it, at any depth.</summary>
    public static bool Waits(this Part part) =>
        part.DescendantsAndSelf().Any(p => p is Statement { Kind: var kind } && kind.StartsWith("wait", StringComparison.Ordinal));
}
