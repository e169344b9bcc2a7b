using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Rename;
using Tame.Generator;
using Tame.Generator.Analysis;
using Tame.Generator.Binding;
using Tame.Generator.Binding.Pair;

namespace Tame.CodeFixes;

/// <summary>
/// Renames one half of a pair after the other half was renamed. A rename runs no analyzer, so the second half follows by this fix. The candidates are the halves of the
/// other kind without a counterpart: declarations without a body, or bodies without a declaration, with the same signature.
/// </summary>
public abstract class RenameFix(DiagnosticDescriptor rule) : CodeFixProvider
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
        if (root?.FindNode(context.Span).FirstAncestorOrSelf<MethodDeclarationSyntax>() is not { } syntax || model?.GetDeclaredSymbol(syntax) is not IMethodSymbol half
            || model.Compilation.GetTypeByMetadataName(Binder.TamedAttribute) is not { } tamed)
            return;
        foreach (var (other, name) in OtherHalves(half, tamed))
        {
            var action = CodeAction.Create($"Rename '{other.Name}' to '{name}'", cancellationToken => RenameAsync(context.Document.Project.Solution, other, name, cancellationToken), equivalenceKey: $"{rule.Id} rename");
            context.RegisterCodeFix(action, context.Diagnostics);
        }
    }

    /// <summary>The halves of the other kind that have no counterpart, each with the name that makes it a pair with this half.</summary>
    private protected abstract IEnumerable<(IMethodSymbol Other, string Name)> OtherHalves(IMethodSymbol half, INamedTypeSymbol tamed);

    private protected static IEnumerable<IMethodSymbol> Methods(IMethodSymbol half) =>
        half.ContainingType.GetMembers().OfType<IMethodSymbol>().Where(method => method.MethodKind == MethodKind.Ordinary && !SymbolEqualityComparer.Default.Equals(method, half));

    private static Task<Solution> RenameAsync(Solution solution, IMethodSymbol method, string name, CancellationToken cancellationToken) =>
        Renamer.RenameSymbolAsync(solution, method, new SymbolRenameOptions(), name, cancellationToken);
}
