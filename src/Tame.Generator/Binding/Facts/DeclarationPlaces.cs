using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Tame.Generator.Binding.Text;

namespace Tame.Generator.Binding.Facts;

/// <summary>
/// Decides which declarations of a flattened block stay where they are. Most move to the top of the method. For one that stays, C# itself supplies an unnamed
/// type and the scope of a ref struct or a reference.
/// </summary>
internal sealed class DeclarationPlaces(BodyContext context)
{
    public bool Stays(ILocalSymbol local, SyntaxNode declarator)
    {
        if (local.IsConst) return true;
        if (local.IsRef) return !CanMove(local, declarator) || (IsPassed(declarator) && !CannotHoldLambda(declarator));
        if (SymbolText.IsRefStruct(local.Type)) return HasOwnScope(local, declarator) && IsPassed(declarator);
        return !SymbolText.CanBeWritten(local.Type) && !HeldLambdas(declarator).Any() && StaysForItsType(local, declarator);
    }

    /// <summary>
    /// Whether a lambda in the value of a ref local must hold variables, and no operand around it can do so. Then braces around an assignment must.
    /// </summary>
    public bool CannotHoldLambda(SyntaxNode declarator) => declarator is VariableDeclaratorSyntax { Initializer.Value: var value }
        && HeldLambdas(value).Any(lambda => HeldOperands.Of(lambda, value, context.Model) is null);

    /// <summary>The lambdas in a declaration that must hold the variables that they capture.</summary>
    private IEnumerable<SyntaxNode> HeldLambdas(SyntaxNode declaration) => declaration.DescendantNodesAndSelf()
        .Where(node => context.Nested.Is(node) && node.DescendantNodesAndSelf().OfType<SimpleNameSyntax>().Any(NamesCaptured));

    private bool NamesCaptured(SimpleNameSyntax name) => context.Model.GetSymbolInfo(name, context.Cancellation).Symbol is { } symbol
        && (context.Captures.NeedsObject(symbol) || (symbol is IMethodSymbol function && context.Captures.IsMoved(function)));

    /// <summary>A reference to a ref struct and the value in it have different scopes. A declaration without its own value cannot express both.</summary>
    private static bool CanMove(ILocalSymbol local, SyntaxNode declarator) => !SymbolText.IsRefStruct(local.Type) && SymbolText.CanBeWritten(local.Type)
        && declarator is VariableDeclaratorSyntax { Parent.Parent: LocalDeclarationStatementSyntax };

    /// <summary>Whether C# infers the variable's scope from its first value.</summary>
    private static bool HasOwnScope(ILocalSymbol local, SyntaxNode declarator) => local.ScopedKind == ScopedKind.None
        && declarator.Parent is VariableDeclarationSyntax declaration && declaration.Variables.All(variable => variable.Initializer is not null);

    /// <summary>
    /// Whether the compiler also sees that each path to a use passes the declaration. It sees paths around the declaration into each later region that is
    /// entered again after a wait.
    /// </summary>
    private bool IsPassed(SyntaxNode declarator)
    {
        if (declarator.Parent is not VariableDeclarationSyntax { Parent: LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0, Parent: BlockSyntax block } statement } declaration) return false;
        var names = declaration.Variables.Select(variable => variable.Identifier.ValueText).ToList();
        if (block.DescendantNodes().Any(node => names.Any(name => IsHandlerThatNames(node, name)))) return false;
        var region = block.Statements.Skip(block.Statements.IndexOf(statement) + 1).FirstOrDefault(behind => behind.DescendantNodesAndSelf().Any(IsEnteredAgain));
        return region is null
            || (!block.DescendantNodes().Any(node => node is LabeledStatementSyntax)
                && !block.DescendantTokens().Any(token => token.SpanStart >= region.SpanStart && token.IsKind(SyntaxKind.IdentifierToken) && names.Contains(token.ValueText)));
    }

    /// <summary>
    /// A declaration that says <c>var</c> for an unnamed type must stay. No path leads around it to a use of its value, because then the value would be kept.
    /// But the compiler sees one if a later region is entered again after a wait.
    /// </summary>
    private bool StaysForItsType(ILocalSymbol local, SyntaxNode declarator) =>
        declarator.Parent?.Parent is LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0 } declaration && BlockItems.Around(declaration) is BlockSyntax block
        && !block.DescendantNodes().Any(node => IsEnteredAgain(node) || IsHandlerThatNames(node, local.Name));

    /// <summary>A handler of an empty try never runs, so nothing is kept for it. But for the compiler, every path leads there.</summary>
    private static bool IsHandlerThatNames(SyntaxNode node, string local) => node is CatchClauseSyntax or FinallyClauseSyntax
        && node.DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == local);

    private bool IsEnteredAgain(SyntaxNode node) => node switch
    {
        LocalDeclarationStatementSyntax declaration => !declaration.UsingKeyword.IsKind(SyntaxKind.None),
        TryStatementSyntax or CommonForEachStatementSyntax or UsingStatementSyntax => context.Waits.IsSpine(node) && !context.Waits.IsBlock(node),
        _ => false,
    };
}
