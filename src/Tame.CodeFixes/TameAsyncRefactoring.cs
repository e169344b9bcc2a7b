using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.FindSymbols;
using Tame.CodeFixes.AsyncToTamed;

namespace Tame.CodeFixes;

/// <summary>Turns an async method into a tamed pair. It is offered if a wait can replace each await without changing the order of evaluation.</summary>
[ExportCodeRefactoringProvider(LanguageNames.CSharp), Shared]
public sealed class TameAsyncRefactoring : CodeRefactoringProvider
{
    /// <inheritdoc />
    public override async Task ComputeRefactoringsAsync(CodeRefactoringContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        if (root?.FindNode(context.Span).FirstAncestorOrSelf<MethodDeclarationSyntax>() is not { } syntax || syntax.Identifier.Span.End < context.Span.Start)
            return;
        var model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        if (model is null || AsyncMethod.From(syntax, model) is not { } method || !method.ResolvesPrimitive("twait") || !method.ResolvesPrimitive("mkevent") || BodyRewriter.Rewrite(method) is not { } body)
            return;
        context.RegisterRefactoring(CodeAction.Create("Turn into a tamed method", cancellationToken => ApplyAsync(context.Document, method, body, cancellationToken), nameof(TameAsyncRefactoring)));
    }

    private static async Task<Document> ApplyAsync(Document document, AsyncMethod method, BlockSyntax body, CancellationToken cancellationToken)
    {
        var editor = await DocumentEditor.CreateAsync(document, cancellationToken).ConfigureAwait(false);
        var keepsTaskMethod = TaskMethodWriter.IsBound(method.Symbol) || await IsUsedAsync(method.Symbol, document.Project.Solution, cancellationToken).ConfigureAwait(false);
        var members = new PairWriter(method).Members(body, keepsTaskMethod).ToList();
        editor.InsertBefore(method.Syntax, members.Take(members.Count - 1));
        editor.ReplaceNode(method.Syntax, members[members.Count - 1]);
        PairSyntax.MakePartial(method.Syntax, editor);
        var changed = document.WithSyntaxRoot(Usings.WithPrimitives((CompilationUnitSyntax)editor.GetChangedRoot(), method));
        return await NewLine.KeepAsync(document, changed, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether the name is used, or other methods override or implement it.</summary>
    private static async Task<bool> IsUsedAsync(IMethodSymbol method, Solution solution, CancellationToken cancellationToken)
    {
        var found = await SymbolFinder.FindReferencesAsync(method, solution, cancellationToken).ConfigureAwait(false);
        return found.Any(symbol => symbol.Locations.Any() || !SymbolEqualityComparer.Default.Equals(symbol.Definition, method))
            || (await SymbolFinder.FindOverridesAsync(method, solution, cancellationToken: cancellationToken).ConfigureAwait(false)).Any()
            || (await SymbolFinder.FindImplementationsAsync(method, solution, cancellationToken: cancellationToken).ConfigureAwait(false)).Any();
    }
}
