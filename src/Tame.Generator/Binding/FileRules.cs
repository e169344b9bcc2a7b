using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tame.Generator.Binding;

/// <summary>Says where a body needs a type that only its own file can name: by its name, or by an extension method that C# finds for it.</summary>
internal static class FileRules
{
    public static void Check(BodyContext context)
    {
        if (!HasFileLocalTypes(context.Syntax.SyntaxTree.GetRoot(context.Cancellation))) return;
        foreach (var node in context.Syntax.DescendantNodes(node => !Nameof.Is(node, context.Model)))
        {
            if (Needed(node, context.Model) is not (var place, var symbol) || (FileLocalIn(symbol) ?? BehindAlias(node, context.Model)) is not { } type) continue;
            context.Report(Rules.FileLocal, place, type.Name, context.Declaration.Name);
        }
    }

    /// <summary>Whether a using says something of a type that the generated file cannot name; where the body relies on it, that is reported.</summary>
    public static bool NamesFileLocal(UsingDirectiveSyntax directive, SemanticModel model) =>
        (directive.Alias is not null || !directive.StaticKeyword.IsKind(SyntaxKind.None)) && HasFileLocalTypes(directive.SyntaxTree.GetRoot())
        && FileLocalWithin(model.GetSymbolInfo(directive.NamespaceOrType).Symbol) is not null;

    /// <summary>An alias names all that it stands for.</summary>
    private static INamedTypeSymbol? BehindAlias(SyntaxNode name, SemanticModel model) =>
        name is IdentifierNameSyntax simple && model.GetAliasInfo(simple) is { } alias ? FileLocalWithin(alias.Target) : null;

    private static bool HasFileLocalTypes(SyntaxNode root) => root.DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
        .OfType<BaseTypeDeclarationSyntax>().Any(type => type.Modifiers.Any(SyntaxKind.FileKeyword));

    private static (SyntaxNode Place, ISymbol? Symbol)? Needed(SyntaxNode node, SemanticModel model) => node switch
    {
        // What it stands for is named where the value comes from.
        IdentifierNameSyntax { IsVar: true } => null,
        SimpleNameSyntax name when !IsMember(name) || model.GetSymbolInfo(name).Symbol is IMethodSymbol { ReducedFrom: not null } => (name, model.GetSymbolInfo(name).Symbol),
        ForEachVariableStatementSyntax loop when model.GetDeconstructionInfo(loop).Method is { IsExtensionMethod: true } method => (loop.Variable, method),
        CommonForEachStatementSyntax loop => (loop.Expression, model.GetForEachStatementInfo(loop).GetEnumeratorMethod),
        AssignmentExpressionSyntax { Left: TupleExpressionSyntax or DeclarationExpressionSyntax } assignment => (assignment.Right, model.GetDeconstructionInfo(assignment).Method),
        _ => null,
    };

    /// <summary>Whether the name is said of something that stands before it, which then is what needs the type.</summary>
    private static bool IsMember(SimpleNameSyntax name) => name.Parent is MemberAccessExpressionSyntax access ? access.Name == name : name.Parent is MemberBindingExpressionSyntax;

    private static INamedTypeSymbol? FileLocalIn(ISymbol? symbol)
    {
        for (var type = symbol as INamedTypeSymbol ?? symbol?.ContainingType; type is not null; type = type.ContainingType)
        {
            if (type.IsFileLocal) return type;
        }

        return null;
    }

    private static INamedTypeSymbol? FileLocalWithin(ISymbol? symbol) => symbol switch
    {
        IArrayTypeSymbol array => FileLocalWithin(array.ElementType),
        INamedTypeSymbol type => FileLocalIn(type) ?? type.TypeArguments.Select(FileLocalWithin).FirstOrDefault(found => found is not null),
        _ => null,
    };
}
