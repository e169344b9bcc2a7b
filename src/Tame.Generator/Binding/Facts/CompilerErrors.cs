using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Tame.Generator.Model;

namespace Tame.Generator.Binding.Facts;

/// <summary>Tells whether the compiler finds errors in a body, except those that the generated code will fix.</summary>
internal static class CompilerErrors
{
    /// <summary>
    /// The errors that a missing implementing part causes. The compiler removes calls of such methods, so it considers their <c>out</c> arguments unassigned,
    /// and it creates no delegates of them. The generated code has no such error: there these locals are fields or start at default.
    /// </summary>
    private static readonly HashSet<string> s_causedByMissingParts = ["CS0165", "CS0170", "CS0177", "CS0269", "CS0762"];

    private static readonly ConditionalWeakTable<Compilation, ConcurrentDictionary<SyntaxTree, Diagnostic[]>> s_ofDeclarations = new();

    /// <summary>All errors that the compiler finds in a body.</summary>
    public static IReadOnlyList<Diagnostic> In(SemanticModel model, SyntaxNode body, CancellationToken cancellationToken) => [.. In(model, body.Span, cancellationToken).Where(IsError)];

    /// <summary>Whether some errors of a body remain with the generated code.</summary>
    public static bool Stay(IReadOnlyList<Diagnostic> errors, SemanticModel model, SyntaxNode body, CancellationToken cancellationToken) =>
        errors.Count > 0 && !(errors.All(d => s_causedByMissingParts.Contains(d.Id)) && NamesMissingPart(model, body, cancellationToken));

    /// <summary>
    /// The same as the model's <c>GetDiagnostics</c> for that span. But that method also examines the compiler's diagnostics for all declarations of the
    /// project, which is an error for each tamed method while nothing is generated: a third of the time with 1,000 methods.
    /// </summary>
    private static IEnumerable<Diagnostic> In(SemanticModel model, TextSpan span, CancellationToken cancellationToken) => model.GetSyntaxDiagnostics(span, cancellationToken)
        .Concat(OfDeclarations(model, cancellationToken).Where(error => Touches(error, model.SyntaxTree, span)))
        .Concat(model.GetMethodBodyDiagnostics(span, cancellationToken));

    /// <summary>The errors in the declarations of one file, found once for all its bodies.</summary>
    private static Diagnostic[] OfDeclarations(SemanticModel model, CancellationToken cancellationToken) => s_ofDeclarations.GetOrCreateValue(model.Compilation)
        .GetOrAdd(model.SyntaxTree, _ => [.. model.GetDeclarationDiagnostics(cancellationToken: cancellationToken).Where(IsError)]);

    private static bool IsError(Diagnostic diagnostic) => diagnostic.DefaultSeverity == DiagnosticSeverity.Error;

    private static bool Touches(Diagnostic diagnostic, SyntaxTree tree, TextSpan span) => diagnostic.AdditionalLocations.Append(diagnostic.Location)
        .Any(place => place.SourceTree == tree && place.SourceSpan.IntersectsWith(span));

    private static bool NamesMissingPart(SemanticModel model, SyntaxNode body, CancellationToken cancellationToken) => body.DescendantNodes()
        .OfType<SimpleNameSyntax>()
        .Select(name => model.GetSymbolInfo(name, cancellationToken))
        .Any(info => MissingParts.Is(info.Symbol ?? info.CandidateSymbols.FirstOrDefault()));
}
