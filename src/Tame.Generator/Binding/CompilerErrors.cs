using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tame.Generator.Binding;

/// <summary>Tells whether the compiler finds errors in a body, apart from those that our own work will have mended when it looks again.</summary>
internal static class CompilerErrors
{
    /// <summary>
    /// What a missing implementing part causes: the compiler leaves out calls of such methods, so it takes their <c>out</c> arguments for
    /// unassigned, and makes no delegates of them. The generated code has no such error: there these locals are fields or start at default.
    /// </summary>
    private static readonly HashSet<string> s_causedByMissingParts = ["CS0165", "CS0170", "CS0177", "CS0269", "CS0762"];

    public static bool Exist(SemanticModel model, SyntaxNode body, CancellationToken cancellation)
    {
        var errors = model.GetDiagnostics(body.Span, cancellation).Where(d => d.DefaultSeverity == DiagnosticSeverity.Error).ToList();
        return errors.Count > 0 && !(errors.All(d => s_causedByMissingParts.Contains(d.Id)) && NamesMissingPart(model, body, cancellation));
    }

    private static bool NamesMissingPart(SemanticModel model, SyntaxNode body, CancellationToken cancellation) => body.DescendantNodes()
        .OfType<SimpleNameSyntax>()
        .Select(name => model.GetSymbolInfo(name, cancellation))
        .Any(info => (info.Symbol ?? info.CandidateSymbols.FirstOrDefault())?.OriginalDefinition is IMethodSymbol { IsPartialDefinition: true, PartialImplementationPart: null });
}
