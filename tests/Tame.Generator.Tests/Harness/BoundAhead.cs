using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Tame.Generator.Analysis;
using Tame.Generator.Binding;
using Tame.Generator.Binding.Reuse;

namespace Tame.Generator.Tests.Harness;

/// <summary>
/// The behavior of a build with many tamed methods, for any number: the generator binds them ahead and records the clean ones, and the analyzer omits those.
/// </summary>
internal static class BoundAhead
{
    /// <summary>True if the generator has recorded any method as clean.</summary>
    public static bool Notes(CSharpCompilation compilation)
    {
        var declarations = compilation.SyntaxTrees.SelectMany(tree => tree.GetRoot().DescendantNodes()).Where(TamedSyntax.MayBeTamed).Cast<MethodDeclarationSyntax>().ToList();
        if (declarations.Count == 0) return false;
        new KeyedBinder(EventRules.FindNothing, Binder.Bind, fewestAhead: 1).Bind(declarations[0], compilation, TestContext.Current.CancellationToken);
        return declarations.Any(declaration => CleanMethods.Contain(declaration, compilation));
    }

    /// <summary>An analyzer that runs after the generator reports the same as one that runs alone.</summary>
    public static void AssertSame(IEnumerable<Diagnostic> alone, IEnumerable<Diagnostic> after) => Assert.Equal(Text(alone), Text(after));

    private static IEnumerable<string> Text(IEnumerable<Diagnostic> diagnostics) => diagnostics.Select(d => $"{d.Location.GetLineSpan()} {d}").Order(StringComparer.Ordinal);
}
