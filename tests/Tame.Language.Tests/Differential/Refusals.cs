using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Tame.Generator.Binding;
using Tame.Generator.Binding.Pair;

namespace Tame.Language.Tests.Differential;

/// <summary>Why the generator wrote nothing for a program.</summary>
internal static class Refusals
{
    public static string Of(string type, Compilation compilation)
    {
        var reasons = compilation.GetTypeByMetadataName(type)!.GetMembers().OfType<IMethodSymbol>()
            .SelectMany(method => Of(method, compilation))
            .Where(d => d.Severity == DiagnosticSeverity.Error)
            .Select(d => $"{d.Id}: {d.GetMessage(CultureInfo.InvariantCulture)}")
            .Distinct()
            .ToList();
        return reasons.Count == 0 ? "CS8795: the generator wrote nothing and gave no reason" : string.Join('\n', reasons);
    }

    private static IEnumerable<Diagnostic> Of(IMethodSymbol method, Compilation compilation)
    {
        var attribute = method.GetAttributes().FirstOrDefault(a => a.AttributeClass?.Name == nameof(TamedAttribute));
        return attribute is not null && method.PartialImplementationPart is null && method.DeclaringSyntaxReferences[0].GetSyntax() is MethodDeclarationSyntax syntax
            ? Binder.Bind(method, syntax, attribute, compilation, CancellationToken.None).Diagnostics
            : [];
    }
}
