using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tame.Generator.Binding.Pair;

/// <summary>Finds file-local types, which the generated file cannot name.</summary>
internal static class FileLocalTypes
{
    /// <summary>Whether a using names a type that the generated file cannot name. If the body relies on it, that is reported.</summary>
    public static bool AreNamedBy(UsingDirectiveSyntax directive, SemanticModel model) =>
        (directive.Alias is not null || !directive.StaticKeyword.IsKind(SyntaxKind.None)) && ExistIn(directive.SyntaxTree.GetRoot())
        && In(model.GetSymbolInfo(directive.NamespaceOrType).Symbol) is not null;

    public static bool ExistIn(SyntaxNode root) => root.DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
        .OfType<BaseTypeDeclarationSyntax>().Any(type => type.Modifiers.Any(SyntaxKind.FileKeyword));

    public static INamedTypeSymbol? Around(ISymbol? symbol)
    {
        for (var type = symbol as INamedTypeSymbol ?? symbol?.ContainingType; type is not null; type = type.ContainingType)
        {
            if (type.IsFileLocal) return type;
        }

        return null;
    }

    public static INamedTypeSymbol? In(ISymbol? symbol) => symbol switch
    {
        IArrayTypeSymbol array => In(array.ElementType),
        INamedTypeSymbol type => Around(type) ?? type.TypeArguments.Select(In).FirstOrDefault(found => found is not null),
        _ => null,
    };
}
