using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Tame.Generator.Flow;

namespace Tame.Generator.Binding.Facts;

/// <summary>Finds the targets of the jump statements of a body.</summary>
internal static class Jumps
{
    /// <summary>The loop or switch that a <c>break</c> leaves, or the loop that a <c>continue</c> continues.</summary>
    public static SyntaxNode? Target(StatementSyntax jump) => jump switch
    {
        BreakStatementSyntax => jump.Ancestors().TakeWhile(IsInSameFunction).FirstOrDefault(node => IsLoop(node) || node is SwitchStatementSyntax),
        ContinueStatementSyntax => jump.Ancestors().TakeWhile(IsInSameFunction).FirstOrDefault(IsLoop),
        _ => null,
    };

    /// <summary>Whether a node is a jump to a target outside an enclosing statement.</summary>
    public static bool Leaves(SyntaxNode node, SyntaxNode outer, SemanticModel model) => node switch
    {
        ReturnStatementSyntax => node.Ancestors().TakeWhile(around => around != outer).All(IsInSameFunction), // a return in a twait's lambda ends the lambda
        BreakStatementSyntax or ContinueStatementSyntax => Target((StatementSyntax)node) is { } target && target.Span.Contains(outer.Span),
        GotoStatementSyntax { RawKind: (int)SyntaxKind.GotoStatement, Expression: { } label } =>
            model.GetSymbolInfo(label).Symbol is { } symbol && !symbol.DeclaringSyntaxReferences.All(r => outer.Span.Contains(r.Span)),
        GotoStatementSyntax => node.Ancestors().OfType<SwitchStatementSyntax>().FirstOrDefault() is { } around && around.Span.Contains(outer.Span),
        _ => false,
    };

    /// <summary>Whether a return statement in a node leaves the method.</summary>
    public static bool MayReturn(SyntaxNode node) => node.DescendantNodesAndSelf(IsInSameFunction).OfType<ReturnStatementSyntax>().Any();

    /// <summary>The try statements, innermost first, whose waiting finally must run for a jump to a node (null: out of the method).</summary>
    public static IReadOnlyList<TryStatementSyntax> Crossed(SyntaxNode jump, SyntaxNode? target, Waits waits) =>
        [.. jump.Ancestors().TakeWhile(IsInSameFunction).OfType<TryStatementSyntax>().Where(region =>
            region.Finally is { } ending && waits.IsSpine(ending) && !ending.Span.Contains(jump.Span) && (target is null || !region.Span.Contains(target.Span)))];

    public static bool IsLoop(SyntaxNode node) =>
        node is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax;

    private static bool IsInSameFunction(SyntaxNode node) => !NestedFunctions.IsLambdaOrLocalFunction(node) && node is not MemberDeclarationSyntax;
}
