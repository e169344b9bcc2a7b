using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tame.Generator.Binding.Facts;

/// <summary>The scope of a local: the statement, block or clause in which its name stands for it.</summary>
internal static class Scopes
{
    /// <summary>A section of a switch is no scope of its own where sections are flattened: what is declared there belongs to the whole switch.</summary>
    public static SyntaxNode Of(SyntaxNode declarator) => Narrowest(declarator) is var scope && scope is SwitchSectionSyntax ? scope.Parent! : scope;

    /// <summary>
    /// The node at whose entry a local is made anew: mostly its scope, but variables in the header of a <c>for</c> or of a <c>foreach</c> belong to
    /// the part of it that they stand in.
    /// </summary>
    public static SyntaxNode EntryOf(SyntaxNode declarator) => Of(declarator) switch
    {
        ForStatementSyntax loop => loop.Incrementors.Cast<SyntaxNode>().Append(loop.Condition).FirstOrDefault(part => part is not null && part.Span.Contains(declarator.Span)) ?? loop,
        CommonForEachStatementSyntax loop when loop.Expression.Span.Contains(declarator.Span) => loop.Expression,
        var scope => scope,
    };

    private static SyntaxNode Narrowest(SyntaxNode declarator) => declarator switch
    {
        VariableDeclaratorSyntax { Parent.Parent: LocalDeclarationStatementSyntax statement } => OfDeclaration(statement),
        LocalFunctionStatementSyntax function => OfDeclaration(function),
        VariableDeclaratorSyntax => declarator.Parent!.Parent!,
        ForEachStatementSyntax => declarator,
        CatchDeclarationSyntax => declarator.Parent!,
        _ => OfExpressionVariable(declarator),
    };

    /// <summary>
    /// Variables declared in expressions belong to the statement whose header they stand in, except that declarations, expression
    /// statements, <c>if</c>, <c>switch</c>, <c>lock</c> and the like leak theirs into the block around them.
    /// </summary>
    private static SyntaxNode OfExpressionVariable(SyntaxNode declarator)
    {
        foreach (var node in declarator.Ancestors())
        {
            switch (node)
            {
                case SwitchExpressionArmSyntax or SwitchSectionSyntax or CatchClauseSyntax or CatchFilterClauseSyntax or QueryClauseSyntax
                    or AnonymousFunctionExpressionSyntax or ArrowExpressionClauseSyntax or SelectOrGroupClauseSyntax:
                case WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax
                    or FixedStatementSyntax or UsingStatementSyntax:
                    return node;
                case StatementSyntax statement:
                    var around = OfDeclaration(statement);
                    return around is BlockSyntax or SwitchSectionSyntax ? around : statement;
            }
        }

        return declarator.SyntaxTree.GetRoot();
    }

    /// <summary>
    /// Whether a scope is flattened, so that what it declares has to be hoisted: it contains a wait; or it is a statement of its own in one that does,
    /// such as the statement of a twait block without braces, and has no braces to end at.
    /// </summary>
    public static bool IsFlattened(SyntaxNode scope, Waits waits) => waits.IsSpine(scope)
        || (scope is StatementSyntax and not (BlockSyntax or WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax
            or FixedStatementSyntax or UsingStatementSyntax) && waits.IsSpine(Around((StatementSyntax)scope)));

    /// <summary>What is around a statement, its labels aside; of a label, the scope in which it can be gone to.</summary>
    public static SyntaxNode Around(StatementSyntax statement) => OfDeclaration(statement) is var around && around is SwitchSectionSyntax ? around.Parent! : around;

    private static SyntaxNode OfDeclaration(StatementSyntax statement) =>
        statement.Parent is LabeledStatementSyntax labeled ? OfDeclaration(labeled) : statement.Parent!;
}
