using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

using Tame.Generator.Binding.Pair;

namespace Tame.Generator.Binding.Facts;

/// <summary>Reports where a body needs a type that only its own file can name: by its name, or by an extension method that C# finds for it.</summary>
internal static class FileRules
{
    public static void Check(BodyContext context)
    {
        if (!FileLocalTypes.ExistIn(context.Syntax.SyntaxTree.GetRoot(context.Cancellation))) return;
        foreach (var node in context.Syntax.DescendantNodes(node => !Nameof.Is(node, context.Model)))
        {
            if (Needed(node, context.Model) is not (var place, var symbol) || (FileLocalTypes.Around(symbol) ?? BehindAlias(node, context.Model)) is not { } type) continue;
            context.Report(Rules.FileLocal, place, type.Name, context.Declaration.Name);
        }
    }

    /// <summary>An alias names all types that it contains.</summary>
    private static INamedTypeSymbol? BehindAlias(SyntaxNode name, SemanticModel model) =>
        name is IdentifierNameSyntax simple && model.GetAliasInfo(simple) is { } alias ? FileLocalTypes.In(alias.Target) : null;

    private static (SyntaxNode Place, ISymbol? Symbol)? Needed(SyntaxNode node, SemanticModel model) => node switch
    {
        // The type that it infers is named at the source of the value.
        IdentifierNameSyntax { IsVar: true } => null,
        SimpleNameSyntax name when !MemberName.Is(name) || model.GetSymbolInfo(name).Symbol is IMethodSymbol { ReducedFrom: not null } => (name, model.GetSymbolInfo(name).Symbol),
        ForEachVariableStatementSyntax loop when model.GetDeconstructionInfo(loop).Method is { IsExtensionMethod: true } method => (loop.Variable, method),
        CommonForEachStatementSyntax loop => (loop.Expression, model.GetForEachStatementInfo(loop).GetEnumeratorMethod),
        AssignmentExpressionSyntax { Left: TupleExpressionSyntax or DeclarationExpressionSyntax } assignment => (assignment.Right, model.GetDeconstructionInfo(assignment).Method),
        _ => null,
    };
}
