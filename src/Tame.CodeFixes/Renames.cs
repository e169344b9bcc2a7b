using System.Collections.Immutable;
using System.Composition;
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
/// Brings a pair together again of which one half was renamed: no analyzer takes part in a rename, so the other half follows by a fix. A half is what is left over: a
/// declaration without its body, or a body without its declaration, and the two agree in all else.
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
            var action = CodeAction.Create($"Rename '{other.Name}' to '{name}'", cancellation => RenameAsync(context.Document.Project.Solution, other, name, cancellation), equivalenceKey: $"{rule.Id} rename");
            context.RegisterCodeFix(action, context.Diagnostics);
        }
    }

    /// <summary>What is left over of the other kind, each with the name that would make it a pair with this half.</summary>
    private protected abstract IEnumerable<(IMethodSymbol Other, string Name)> OtherHalves(IMethodSymbol half, INamedTypeSymbol tamed);

    private protected static IEnumerable<IMethodSymbol> Methods(IMethodSymbol half) =>
        half.ContainingType.GetMembers().OfType<IMethodSymbol>().Where(method => method.MethodKind == MethodKind.Ordinary && !SymbolEqualityComparer.Default.Equals(method, half));

    private static Task<Solution> RenameAsync(Solution solution, IMethodSymbol method, string name, CancellationToken cancellation) =>
        Renamer.RenameSymbolAsync(solution, method, new SymbolRenameOptions(), name, cancellation);
}

/// <summary>Renames a body whose declaration has another name now.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class RenameBodyFix() : RenameFix(Rules.NoBody)
{
    private protected override IEnumerable<(IMethodSymbol Other, string Name)> OtherHalves(IMethodSymbol half, INamedTypeSymbol tamed) =>
        Pairing.AttributeOf(half, tamed) is not { } attribute ? [] : Methods(half)
            .Where(method => TamedAnalyzer.LooksLikeBody(method) && Pairing.AttributeOf(method, tamed) is null && Pairing.DeclarationOf(method, tamed) is null && Pairing.Difference(half, method) is null)
            .Select(method => (method, Pairing.BodyName(half, attribute)));
}

/// <summary>Renames a declaration whose body has another name now.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class RenameDeclarationFix() : RenameFix(Rules.NoDeclaration)
{
    private protected override IEnumerable<(IMethodSymbol Other, string Name)> OtherHalves(IMethodSymbol half, INamedTypeSymbol tamed) => Methods(half)
        .Where(method => Pairing.AttributeOf(method, tamed) is { ConstructorArguments.IsEmpty: true } attribute && Pairing.FindBody(method, attribute) is null && Pairing.Difference(method, half) is null)
        .Select(method => (method, Pairing.NameOfDeclaration(half.Name)));
}
