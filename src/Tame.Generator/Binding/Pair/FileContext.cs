using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Tame.Generator.Binding.Text;
using Tame.Generator.Model;

namespace Tame.Generator.Binding.Pair;

/// <summary>The surroundings of a body in its file: symbols and usings level by level, and the headers of the enclosing types.</summary>
internal static class FileContext
{
    public static EquatableArray<FileLevel> Levels(SyntaxNode body, SemanticModel model, ExternAliases aliases)
    {
        var levels = new List<FileLevel>();
        foreach (var node in body.Ancestors().Reverse())
        {
            if (node is CompilationUnitSyntax unit)
                levels.Add(Level(null, false, [.. Symbols(unit), .. MissingExterns(unit, aliases), .. Texts(unit.Externs), GeneratedNames.ServicesDirective, .. Texts(unit.Usings, model)]));
            else if (node is BaseNamespaceDeclarationSyntax space)
                levels.Add(Level(space.Name.ToString(), space is FileScopedNamespaceDeclarationSyntax, [.. Texts(space.Externs), .. Texts(space.Usings, model)]));
        }

        return levels.ToEquatable();
    }

    private static FileLevel Level(string? name, bool isFileScoped, List<string> usings) => new(name, isFileScoped, usings.ToEquatable());

    private static IEnumerable<string> Texts(SyntaxList<ExternAliasDirectiveSyntax> externs) => externs.Select(e => e.ToString());

    private static IEnumerable<string> Texts(SyntaxList<UsingDirectiveSyntax> usings, SemanticModel model) =>
        usings.Where(u => u.GlobalKeyword.IsKind(SyntaxKind.None) && !FileLocalTypes.AreNamedBy(u, model)).Select(u => u.ToString());

    /// <summary>The symbols that the file itself defines, on which calls of conditional methods depend.</summary>
    private static IEnumerable<string> Symbols(CompilationUnitSyntax unit) => unit.GetFirstToken(includeZeroWidth: true).LeadingTrivia
        .Where(trivia => trivia.Kind() is SyntaxKind.DefineDirectiveTrivia or SyntaxKind.UndefDirectiveTrivia)
        .Select(trivia => (DirectiveTriviaSyntax)trivia.GetStructure()!).Where(directive => directive.IsActive)
        .Select(directive => directive is DefineDirectiveTriviaSyntax define ? "#define " + define.Name.ValueText : "#undef " + ((UndefDirectiveTriviaSyntax)directive).Name.ValueText);

    /// <summary>The aliases that the body's file does not declare: a type may come to it from elsewhere.</summary>
    private static IEnumerable<string> MissingExterns(CompilationUnitSyntax unit, ExternAliases aliases) => aliases.All
        .Except(unit.Externs.Select(e => e.Identifier.ValueText)).Select(alias => $"extern alias {alias};");

    public static EquatableArray<string> Types(INamedTypeSymbol type) => TypesAround(type).Reverse()
        .Select(t => $"{(IsUnsafe(t) ? "unsafe " : "")}partial {Keyword(t)} {SymbolText.Name(t)}{TypeParameters(t)}").ToEquatable();

    /// <summary>With the variance that all parts of an interface have to say.</summary>
    private static string TypeParameters(INamedTypeSymbol type) => type.TypeParameters.IsEmpty ? "" : "<" + string.Join(", ", type.TypeParameters.Select(parameter =>
        (parameter.Variance == VarianceKind.In ? "in " : parameter.Variance == VarianceKind.Out ? "out " : "") + SymbolText.Name(parameter))) + ">";

    private static bool IsUnsafe(INamedTypeSymbol type) =>
        type.DeclaringSyntaxReferences.Any(r => r.GetSyntax() is BaseTypeDeclarationSyntax part && part.Modifiers.Any(SyntaxKind.UnsafeKeyword));

    public static IEnumerable<INamedTypeSymbol> TypesAround(INamedTypeSymbol type)
    {
        for (var at = type; at is not null; at = at.ContainingType) yield return at;
    }

    private static string Keyword(INamedTypeSymbol type) => (type.TypeKind, type.IsRecord) switch
    {
        (TypeKind.Struct, true) => "record struct",
        (TypeKind.Struct, false) => "struct",
        (TypeKind.Interface, _) => "interface",
        (_, true) => "record",
        _ => "class",
    };

    /// <summary>The path as the compiler itself would write it into the symbols, so that two builds in two folders are the same.</summary>
    public static string Path(SyntaxNode body, Compilation compilation)
    {
        var path = Spans.MappedPath(body.SyntaxTree, body.Span) ?? body.SyntaxTree.FilePath;
        return compilation.Options.SourceReferenceResolver?.NormalizePath(path, baseFilePath: null) ?? path;
    }
}
