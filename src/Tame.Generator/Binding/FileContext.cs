using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Tame.Generator.Model;

namespace Tame.Generator.Binding;

/// <summary>What surrounds a body in its file: usings level by level, and the headers of the types around it.</summary>
internal static class FileContext
{
    public static EquatableArray<FileLevel> Levels(SyntaxNode body)
    {
        var levels = new List<FileLevel>();
        foreach (var node in body.Ancestors().Reverse())
        {
            if (node is CompilationUnitSyntax unit)
                levels.Add(new FileLevel(null, false, Texts(unit.Externs, unit.Usings)));
            else if (node is BaseNamespaceDeclarationSyntax space)
                levels.Add(new FileLevel(space.Name.ToString(), space is FileScopedNamespaceDeclarationSyntax, Texts(space.Externs, space.Usings)));
        }

        return levels.ToEquatable();
    }

    private static EquatableArray<string> Texts(SyntaxList<ExternAliasDirectiveSyntax> externs, SyntaxList<UsingDirectiveSyntax> usings) =>
        externs.Select(e => e.ToString()).Concat(usings.Where(u => u.GlobalKeyword.IsKind(SyntaxKind.None)).Select(u => u.ToString())).ToEquatable();

    public static EquatableArray<string> Types(INamedTypeSymbol type) => TypesAround(type).Reverse()
        .Select(t => $"partial {Keyword(t)} {SymbolText.Name(t)}{SymbolText.TypeParameters(t.TypeParameters)}").ToEquatable();

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
    public static string Path(SyntaxTree tree, Compilation compilation)
    {
        var mapped = tree.GetMappedLineSpan(default);
        var path = mapped.HasMappedPath ? mapped.Path : tree.FilePath;
        return compilation.Options.SourceReferenceResolver?.NormalizePath(path, baseFilePath: null) ?? path;
    }
}
