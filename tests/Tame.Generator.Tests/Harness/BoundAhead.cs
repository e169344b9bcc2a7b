using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Tame.Generator.Analysis;
using Tame.Generator.Binding;
using Tame.Generator.Binding.Reuse;

namespace Tame.Generator.Tests.Harness;

/// <summary>What a build does with many tamed methods, for any number: the generator binds them ahead and notes the clean ones, and the analyzer leaves those out.</summary>
internal static class BoundAhead
{
    /// <summary>True where the generator has noted any method as clean.</summary>
    public static bool Notes(CSharpCompilation compilation)
    {
        var declarations = compilation.SyntaxTrees.SelectMany(tree => tree.GetRoot().DescendantNodes()).Where(TamedSyntax.MayBeTamed).Cast<MethodDeclarationSyntax>().ToList();
        if (declarations.Count == 0) return false;
        new KeyedBinder(EventRules.FindNothing, Binder.Bind, fewestAhead: 1).Bind(declarations[0], compilation, TestContext.Current.CancellationToken);
        return declarations.Any(declaration => CleanMethods.Contain(declaration, compilation));
    }

    /// <summary>An analyzer that comes after the generator reports what one does that comes alone.</summary>
    public static void AssertSame(IEnumerable<Diagnostic> alone, IEnumerable<Diagnostic> after) => Assert.Equal(Text(alone), Text(after));

    private static IEnumerable<string> Text(IEnumerable<Diagnostic> diagnostics) => diagnostics.Select(d => $"{d.Location.GetLineSpan()} {d}").Order(StringComparer.Ordinal);
}
