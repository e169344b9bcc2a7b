using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Editing;

namespace Tame.CodeFixes;

/// <summary>Fixes reports, each by an edit of the document that it is reported in. Fix All applies the edits together.</summary>
public abstract class Fix : CodeFixProvider
{
    private readonly string _title;

    /// <summary>Fixes the reports of one rule.</summary>
    private protected Fix(DiagnosticDescriptor rule, string title)
        : this(title, rule.Id)
    {
    }

    /// <summary>Fixes the reports with any of the ids in the same way. They may be those of the compiler.</summary>
    private protected Fix(string title, params string[] ids) => (_title, FixableDiagnosticIds) = (title, [.. ids]);

    /// <inheritdoc />
    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; }

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
                context.RegisterCodeFix(CodeAction.Create(_title, cancellationToken => ApplyAsync(context.Document, edit, cancellationToken), equivalenceKey: FixableDiagnosticIds[0]), diagnostic);
        }
    }

    /// <summary>Finds the edit that fixes the report at a node. Null: no mechanical edit fixes it.</summary>
    private protected abstract Action<SyntaxEditor>? Find(SyntaxNode place, SemanticModel model);

    private static async Task<Document> ApplyAsync(Document document, Action<SyntaxEditor> edit, CancellationToken cancellationToken)
    {
        var editor = await DocumentEditor.CreateAsync(document, cancellationToken).ConfigureAwait(false);
        edit(editor);
        return await NewLine.KeepAsync(document, editor.GetChangedDocument(), cancellationToken).ConfigureAwait(false);
    }
}
