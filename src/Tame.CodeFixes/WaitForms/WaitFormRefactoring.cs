using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Tame.Generator.Flow;

namespace Tame.CodeFixes.WaitForms;

/// <summary>
/// Turns a twait block with one event into a statement, <c>twait(e => …)</c> or <c>twait(task)</c>, and back. It is offered at the word <c>twait</c>, if both
/// forms have the same meaning.
/// </summary>
[ExportCodeRefactoringProvider(LanguageNames.CSharp), Shared]
public sealed class WaitFormRefactoring : CodeRefactoringProvider
{
    /// <inheritdoc />
    public override async Task ComputeRefactoringsAsync(CodeRefactoringContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        if (root?.FindNode(context.Span).FirstAncestorOrSelf<StatementSyntax>() is not { } statement || HeaderOf(statement) is not { } end || context.Span.End > end)
            return;
        var model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        if (model is null || PrimitiveSymbols.Resolve(model.Compilation) is not { } primitives)
            return;
        if (statement is UsingStatementSyntax block && EverydayForm.Of(block, model, primitives) is { } wait)
            Register(context, "Write the wait as one statement", editor => editor.ReplaceNode(block, Comments.KeepIn(StatementText.InPlaceOf(block, [wait])[0], block)));
        else if (statement is ExpressionStatementSyntax single && BlockForm.Of(single, model, primitives) is { } texts)
            Register(context, "Write the wait as a block", editor => Replace(single, texts, editor));
    }

    public static void Replace(StatementSyntax statement, IReadOnlyList<string> texts, SyntaxEditor editor)
    {
        var made = StatementText.InPlaceOf(statement, texts);
        if (made.Count > 1)
            editor.InsertBefore(statement, made.Take(made.Count - 1));
        editor.ReplaceNode(statement, made[made.Count - 1]);
    }

    /// <summary>The end of the words at which the refactoring is offered.</summary>
    private static int? HeaderOf(StatementSyntax statement) => statement switch
    {
        UsingStatementSyntax { Expression: not null } block => block.CloseParenToken.Span.End,
        ExpressionStatementSyntax { Expression: InvocationExpressionSyntax call } => call.ArgumentList.OpenParenToken.Span.End,
        _ => null,
    };

    private static void Register(CodeRefactoringContext context, string title, Action<SyntaxEditor> edit) => context.RegisterRefactoring(CodeAction.Create(title, async cancellationToken =>
    {
        var editor = await DocumentEditor.CreateAsync(context.Document, cancellationToken).ConfigureAwait(false);
        edit(editor);
        return await NewLine.KeepAsync(context.Document, editor.GetChangedDocument(), cancellationToken).ConfigureAwait(false);
    }, title));
}
