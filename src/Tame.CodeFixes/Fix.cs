using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Editing;

namespace Tame.CodeFixes;

/// <summary>Fixes the reports of one rule, each by an edit of the document that it is reported in. Fix All applies the edits together.</summary>
public abstract class Fix(DiagnosticDescriptor rule, string title) : CodeFixProvider
{
    /// <inheritdoc />
    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; } = [rule.Id];

    /// <inheritdoc />
    public sealed override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc />
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        var model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        if (root is null || model is null)
            return;
        foreach (var diagnostic in context.Diagnostics)
        {
            var place = root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
            if (Find(place, model) is { } edit)
                context.RegisterCodeFix(CodeAction.Create(title, cancellationToken => ApplyAsync(context.Document, edit, cancellationToken), equivalenceKey: rule.Id), diagnostic);
        }
    }

    /// <summary>Finds the edit that fixes the report at a place. Null: no mechanical edit fixes it.</summary>
    private protected abstract Action<SyntaxEditor>? Find(SyntaxNode place, SemanticModel model);

    private static async Task<Document> ApplyAsync(Document document, Action<SyntaxEditor> edit, CancellationToken cancellationToken)
    {
        var editor = await DocumentEditor.CreateAsync(document, cancellationToken).ConfigureAwait(false);
        edit(editor);
        return editor.GetChangedDocument();
    }
}
