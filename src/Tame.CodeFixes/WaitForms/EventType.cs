using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Tame.Generator.Analysis;

namespace Tame.CodeFixes.WaitForms;

/// <summary>The type that the event of a <c>twait(e => …)</c> has as a variable of a block.</summary>
internal static class EventType
{
    /// <summary>
    /// <c>var</c>, or the type with its annotations. <c>mkevent</c> also creates an <c>Event&lt;string></c> for a <c>string?</c>, and the compiler's warning is
    /// suppressed only where the event is created. If it is triggered with null, its declaration must say so.
    /// </summary>
    public static string Of(InvocationExpressionSyntax call, AnonymousFunctionExpressionSyntax lambda, IParameterSymbol parameter, SlotNullability nullability, SemanticModel model)
    {
        if (parameter.Type is not INamedTypeSymbol { TypeArguments.Length: > 0 } type)
            return "var";
        if (!type.TypeArguments.Any(MayBeNull))
        {
            var slots = call.ArgumentList.Arguments.Where(argument => argument.RefKindKeyword.IsKind(SyntaxKind.OutKeyword)).Select(argument => nullability.TypeOf(argument.Expression)).ToList();
            if (slots.Count != type.TypeArguments.Length || !slots.Any(MayBeNull) || !BringsNull(lambda, nullability, model))
                return "var";
            type = type.OriginalDefinition.Construct([.. slots!], [.. slots.Select(slot => slot!.NullableAnnotation)]);
        }
        return TypeText.Of(type, model, call.SpanStart) ?? "var";
    }

    private static bool MayBeNull(ITypeSymbol? slot) => slot is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.Annotated };

    /// <summary>Whether the compiler has a warning about the lambda that the slots resolve.</summary>
    private static bool BringsNull(AnonymousFunctionExpressionSyntax lambda, SlotNullability nullability, SemanticModel model) => model.GetDiagnostics(lambda.Span)
        .Where(diagnostic => diagnostic.Id.StartsWith("CS86", StringComparison.Ordinal))
        .Any(diagnostic => lambda.SyntaxTree.GetRoot().FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is ExpressionSyntax place && nullability.Admits(place));
}
