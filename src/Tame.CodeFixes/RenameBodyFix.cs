using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;
using Tame.Generator;
using Tame.Generator.Analysis;
using Tame.Generator.Binding;
using Tame.Generator.Binding.Pair;

namespace Tame.CodeFixes;

/// <summary>Renames a body after its declaration was renamed.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class RenameBodyFix() : RenameFix(Rules.NoBody)
{
    private protected override IEnumerable<(IMethodSymbol Other, string Name)> OtherHalves(IMethodSymbol half, INamedTypeSymbol tamed) =>
        Pairing.AttributeOf(half, tamed) is not { } attribute ? [] : Methods(half)
            .Where(method => TamedAnalyzer.LooksLikeBody(method) && Pairing.AttributeOf(method, tamed) is null && Pairing.DeclarationOf(method, tamed) is null && Pairing.Difference(half, method) is null)
            .Select(method => (method, Pairing.BodyName(half, attribute)));
}
