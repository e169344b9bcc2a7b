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
        var made = StatementText.InPlaceOf(statement, texts);
        return editor =>
        {
            editor.InsertBefore(statement, made.Take(made.Count - 1));
            editor.ReplaceNode(statement, made[made.Count - 1]);
        };
    }

    private static IEnumerable<string>? Statements(SyntaxNode place, StatementSyntax statement, SemanticModel model)
    {
        if (place is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Sleep" }, ArgumentList.Arguments: [{ Expression: var time }] } && IsWhole(place, statement))
            return LambdaRules.DeclaresVariables(time) ? null : [WaitSyntax.ForTime(time, time.ToString(), model)];
        if (place is not ExpressionSyntax value || TaskOf(value) is not { } expression || AwaitedTask.Of(expression, model) is not { } task)
            return null;
        if (IsWhole(value, statement))
            return [WaitSyntax.ForTask(task.Expression.ToString(), TaskSlot.None)];
        return statement is LocalDeclarationStatementSyntax { Declaration.Variables: [{ Initializer.Value: var initial } variable] } declaration && initial == value
            && task.Type.Result is { } result ? Texts(new DeclaredResult(declaration, variable, task.Expression.ToString(), result), model) : null;
    }

    private static bool IsWhole(SyntaxNode place, StatementSyntax statement) => statement is ExpressionStatementSyntax { Expression: var expression } && expression == place;

    /// <summary>The variable is the slot if it has the type of the result. Otherwise it gets its value from one.</summary>
    private static IEnumerable<string> Texts(DeclaredResult declared, SemanticModel model)
    {
        var (declaration, variable, task, type) = declared;
        if (declaration.UsingKeyword.IsKind(SyntaxKind.None) && variable.Identifier.ValueText != "_" && SymbolEqualityComparer.Default.Equals((model.GetDeclaredSymbol(variable) as ILocalSymbol)?.Type, type))
            return [WaitSyntax.ForTask(task, new TaskSlot(variable.Identifier.Text, declaration.Declaration.Type.WithoutTrivia().ToString()))];
        var name = new FreshNames(declaration.FirstAncestorOrSelf<MemberDeclarationSyntax>()!).Make(variable.Identifier.ValueText + "Result");
        var assigned = declaration.ReplaceNode(variable.Initializer!.Value, SyntaxFactory.IdentifierName(name)).WithoutTrivia().ToString();
        return [WaitSyntax.ForTask(task, new TaskSlot(name, "var")), assigned];
    }

    /// <summary>The task of <c>task.Result</c>, <c>task.Wait()</c> and <c>task.GetAwaiter().GetResult()</c>.</summary>
    private static ExpressionSyntax? TaskOf(ExpressionSyntax value) => value switch
    {
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Result" or "Wait" } access => access.Expression,
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetResult", Expression: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax awaiter } } => awaiter.Expression,
        InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0, Expression: MemberAccessExpressionSyntax access } => TaskOf(access),
        _ => null,
    };

    /// <summary>A variable whose declaration assigns the result of a task, with the text of the task.</summary>
    private sealed record DeclaredResult(LocalDeclarationStatementSyntax Statement, VariableDeclaratorSyntax Variable, string Task, ITypeSymbol Type);
}
