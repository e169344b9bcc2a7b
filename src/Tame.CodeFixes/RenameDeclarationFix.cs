using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;
using Tame.Generator;
using Tame.Generator.Binding;
using Tame.Generator.Binding.Pair;

namespace Tame.CodeFixes;

/// <summary>Renames a declaration after its body was renamed.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class RenameDeclarationFix() : RenameFix(Rules.NoDeclaration)
{
    private protected override IEnumerable<(IMethodSymbol Other, string Name)> OtherHalves(IMethodSymbol half, INamedTypeSymbol tamed) => Methods(half)
        .Where(method => Pairing.AttributeOf(method, tamed) is { ConstructorArguments.IsEmpty: true } attribute && Pairing.FindBody(method, attribute) is null && Pairing.Difference(method, half) is null)
        .Select(method => (method, Pairing.NameOfDeclaration(half.Name)));
}
