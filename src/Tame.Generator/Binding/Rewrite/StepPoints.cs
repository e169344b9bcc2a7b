using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Tame.Generator.Model;

namespace Tame.Generator.Binding.Rewrite;

/// <summary>The places where the compiler lets a debugger stop: the header of a loop, each variable of a declaration, the expression of a lambda.</summary>
internal static class StepPoints
{
    /// <summary>
    /// The places of one node itself, without those of its descendants. Jumps, and the <c>when</c> of a pattern, are placed where they are edited.
    /// </summary>
    public static IEnumerable<TextSpan> Of(SyntaxNode node) => node switch
    {
        BlockSyntax block => [block.OpenBraceToken.Span, block.CloseBraceToken.Span],
        ExpressionStatementSyntax or ThrowStatementSyntax or YieldStatementSyntax or EmptyStatementSyntax => [node.Span],
        CommonForEachStatementSyntax loop => [Keyword(loop), loop.InKeyword.Span, Variable(loop)],
        LabeledStatementSyntax labeled => [Label(labeled)],
        CatchFilterClauseSyntax => [node.Span],
        VariableDeclaratorSyntax { Initializer: not null } declarator when !IsConstant(declarator) => [Variable(declarator)],
        SwitchExpressionSyntax choice => [TextSpan.FromBounds(choice.SwitchKeyword.SpanStart, choice.CloseBraceToken.Span.End), .. IsStep(choice) ? [choice.Span] : Array.Empty<TextSpan>()],
        ExpressionSyntax expression when IsStep(expression) => [node.Span],
        StatementSyntax or CatchClauseSyntax => Header(node) is { } header ? [header] : [],
        _ => [],
    };

    /// <summary>The part of a statement's header at which a debugger stops.</summary>
    public static TextSpan? Header(SyntaxNode node) => node switch
    {
        IfStatementSyntax choice => TextSpan.FromBounds(choice.IfKeyword.SpanStart, choice.CloseParenToken.Span.End),
        SwitchStatementSyntax choice => TextSpan.FromBounds(choice.SwitchKeyword.SpanStart, choice.CloseParenToken == default ? choice.Expression.Span.End : choice.CloseParenToken.Span.End),
        WhileStatementSyntax loop => TextSpan.FromBounds(loop.WhileKeyword.SpanStart, loop.CloseParenToken.Span.End),
        DoStatementSyntax loop => TextSpan.FromBounds(loop.WhileKeyword.SpanStart, loop.SemicolonToken.Span.End),
        UsingStatementSyntax { Expression: not null } resource => TextSpan.FromBounds(resource.UsingKeyword.SpanStart, resource.CloseParenToken.Span.End),
        LockStatementSyntax region => TextSpan.FromBounds(region.LockKeyword.SpanStart, region.CloseParenToken.Span.End),
        CatchClauseSyntax clause => TextSpan.FromBounds(clause.CatchKeyword.SpanStart, clause.Declaration?.Span.End ?? clause.CatchKeyword.Span.End),
        _ => null,
    };

    public static TextSpan Keyword(CommonForEachStatementSyntax loop) =>
        TextSpan.FromBounds(loop.AwaitKeyword == default ? loop.ForEachKeyword.SpanStart : loop.AwaitKeyword.SpanStart, loop.ForEachKeyword.Span.End);

    public static TextSpan Label(LabeledStatementSyntax labeled) => TextSpan.FromBounds(labeled.Identifier.SpanStart, labeled.ColonToken.Span.End);

    public static TextSpan Variable(CommonForEachStatementSyntax loop) => loop switch
    {
        ForEachStatementSyntax single => TextSpan.FromBounds(single.Type.SpanStart, single.Identifier.Span.End),
        _ => ((ForEachVariableStatementSyntax)loop).Variable.Span,
    };

    /// <summary>
    /// The place of the first variable of a declaration includes the type and modifiers; that of a single variable also includes the semicolon.
    /// </summary>
    public static TextSpan Variable(VariableDeclaratorSyntax declarator)
    {
        if (declarator.Parent is not VariableDeclarationSyntax declaration || declaration.Variables[0] != declarator) return declarator.Span;
        SyntaxNode whole = declaration.Parent is LocalDeclarationStatementSyntax statement ? statement : declaration;
        return TextSpan.FromBounds(whole.SpanStart, declaration.Variables.Count == 1 ? whole.Span.End : declarator.Span.End);
    }

    private static bool IsConstant(VariableDeclaratorSyntax declarator) => declarator.Parent?.Parent is LocalDeclarationStatementSyntax { IsConst: true };

    private static bool IsStep(ExpressionSyntax expression) => expression.Parent switch
    {
        LambdaExpressionSyntax lambda => lambda.Body == expression,
        ArrowExpressionClauseSyntax => true,
        ForStatementSyntax => true,
        CommonForEachStatementSyntax loop => loop.Expression == expression,
        WhereClauseSyntax or SelectClauseSyntax or LetClauseSyntax or OrderingSyntax or GroupClauseSyntax or JoinClauseSyntax => true,
        SwitchExpressionArmSyntax arm => arm.Expression == expression,
        FromClauseSyntax { Parent: not QueryExpressionSyntax } => true,
        _ => false,
    };
}
