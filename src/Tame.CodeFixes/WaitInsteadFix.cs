using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Tame.Generator;

namespace Tame.CodeFixes;

/// <summary>Replaces a call that blocks the loop with a wait for an event.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class WaitInsteadFix() : Fix(Rules.BlocksTheLoop, "Wait for an event instead")
{
    private protected override Action<SyntaxEditor>? Find(SyntaxNode place, SemanticModel model)
    {
        if (place.FirstAncestorOrSelf<StatementSyntax>() is not { Parent: BlockSyntax } statement || Statements(place, statement, model) is not { } texts)
            return null;
        var made = WaitSyntax.InPlaceOf(statement, texts);
        return editor =>
        {
            editor.InsertBefore(statement, made.Take(made.Count - 1));
            editor.ReplaceNode(statement, made[made.Count - 1]);
        };
    }

    private static string[]? Statements(SyntaxNode place, StatementSyntax statement, SemanticModel model) => (place, statement) switch
    {
        (InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Sleep" } } call, ExpressionStatementSyntax) =>
            [WaitSyntax.Timer(call.ArgumentList.Arguments[0].Expression, model)],
        (InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0, Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Wait" or "GetResult" } access }, ExpressionStatementSyntax) =>
            [$"using (twait()) {Task(access)}.Trigger(mkevent());"],
        (ExpressionSyntax value, LocalDeclarationStatementSyntax { Declaration.Variables: [{ Initializer.Value: var initial } variable] })
            when initial == value && Task(value) is { } task && model.GetTypeInfo(value).Type is { } type =>
            [$"{type.ToMinimalDisplayString(model, statement.SpanStart)} {variable.Identifier.Text};", $"using (twait()) {task}.Trigger(mkevent(out {variable.Identifier.Text}));"],
        _ => null,
    };

    /// <summary>The task of <c>task.Result</c>, <c>task.Wait()</c> and <c>task.GetAwaiter().GetResult()</c>.</summary>
    private static string? Task(ExpressionSyntax value) => value switch
    {
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Result" or "Wait" } access => access.Expression.ToString(),
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetResult", Expression: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax awaiter } } => awaiter.Expression.ToString(),
        InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0, Expression: MemberAccessExpressionSyntax access } => Task(access),
        _ => null,
    };
}
