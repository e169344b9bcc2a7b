using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Tame.Generator.Binding.Facts;
using Tame.Generator.Binding.Rewrite;
using Tame.Generator.Binding.Text;
using Tame.Generator.Flow;
using Tame.Generator.Model;

namespace Tame.Generator.Binding.Spine;

/// <summary>
/// A <c>foreach</c> over an inline array. C# iterates a variable in place, so that the loop sees what its body writes there: its owner and indices are
/// evaluated once, and each element is read by its index. A value that is not a variable is copied.
/// </summary>
internal sealed partial class SpineBinder
{
    /// <summary>Whether C# reads the elements itself, without an enumerator of the type.</summary>
    private static bool IsInlineArray(ITypeSymbol? type, ForEachStatementInfo info) => InlineArrays.LengthOf(type) is not null
        && info.GetEnumeratorMethod?.ContainingType is { Name: "Span" or "ReadOnlySpan", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } };

    private (EquatableArray<KeptValue> Kept, Fragment Items) InlineItems(CommonForEachStatementSyntax loop, ITypeSymbol type, Fragment collection)
    {
        var kept = new List<KeptValue>();
        if (InPlace(SlotBinder.Strip(loop.Expression), kept, loop) is { } place) return (kept.ToEquatable(), FleshEditor.Make(collection.Span, place));
        return Items(loop, type, collection);
    }

    /// <summary>The text of a variable, which evaluates only what has been kept for it. Null if it is not a variable.</summary>
    private List<Piece>? InPlace(ExpressionSyntax variable, List<KeptValue> kept, CommonForEachStatementSyntax loop)
    {
        switch (context.Model.GetSymbolInfo(variable, context.Cancellation).Symbol)
        {
            case ILocalSymbol { IsRef: true } or IFieldSymbol { RefKind: not RefKind.None } or IPropertySymbol { RefKind: not RefKind.None } or IMethodSymbol { RefKind: not RefKind.None }:
                return Refused(variable, "a reference", loop);
            case ILocalSymbol { Type: var type } when FlowRules.Problem(type) is { } problem:
                return Refused(variable, problem, loop);
            case ILocalSymbol or IParameterSymbol or IFieldSymbol { IsStatic: true }:
            case IFieldSymbol when variable is IdentifierNameSyntax:
                return editor.Pieces(variable);
            case IFieldSymbol field when variable is MemberAccessExpressionSyntax { RawKind: (int)SyntaxKind.SimpleMemberAccessExpression } access:
                var owner = SlotBinder.Strip(access.Expression);
                return owner is ThisExpressionSyntax or BaseExpressionSyntax ? editor.Pieces(variable) : Joined(Owner(owner, kept, loop), [new TextPiece("." + SymbolText.Name(field))]);
            case IFieldSymbol or null when IsPointed(variable):
                return Refused(variable, "a reference", loop);
            case null when variable is ElementAccessExpressionSyntax element && IsArray(element.Expression):
                return Joined(Owner(SlotBinder.Strip(element.Expression), kept, loop), [.. Indices(element, kept, loop)]);
            default:
                return null;
        }
    }

    /// <summary>The owner of a variable: a variable itself if the owner is a struct, otherwise an object, which is kept.</summary>
    private List<Piece>? Owner(ExpressionSyntax owner, List<KeptValue> kept, CommonForEachStatementSyntax loop)
    {
        var type = context.Model.GetTypeInfo(owner, context.Cancellation).Type!;
        return type.IsValueType ? InPlace(owner, kept, loop) : [Keep(HiddenValue.Owner, type, owner, kept, loop)];
    }

    private IEnumerable<Piece> Indices(ElementAccessExpressionSyntax element, List<KeptValue> kept, CommonForEachStatementSyntax loop)
    {
        var before = "[";
        foreach (var argument in element.ArgumentList.Arguments)
        {
            var info = context.Model.GetTypeInfo(argument.Expression, context.Cancellation);
            yield return new TextPiece(before);
            yield return Keep(HiddenValue.Index, info.ConvertedType ?? info.Type!, argument.Expression, kept, loop);
            before = ", ";
        }

        yield return new TextPiece("]");
    }

    /// <summary>Keeps a value where a debugger stops at the whole collection, as it does in the body.</summary>
    private LocalPiece Keep(HiddenValue value, ITypeSymbol type, ExpressionSyntax expression, List<KeptValue> kept, CommonForEachStatementSyntax loop)
    {
        var local = AddHidden(value, type, expression);
        kept.Add(new KeptValue(Expression(expression, loop.Expression.Span), local));
        return new LocalPiece(local);
    }

    private static List<Piece>? Joined(List<Piece>? owner, IEnumerable<Piece> part) => owner is null ? null : [.. owner, .. part];

    private bool IsArray(ExpressionSyntax expression) =>
        context.Model.GetTypeInfo(expression, context.Cancellation).Type is { } type && (type is IArrayTypeSymbol || InlineArrays.LengthOf(type) is not null);

    private bool IsPointed(ExpressionSyntax variable) => variable is PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PointerIndirectionExpression }
        or MemberAccessExpressionSyntax { RawKind: (int)SyntaxKind.PointerMemberAccessExpression }
        || (variable is ElementAccessExpressionSyntax element && context.Model.GetTypeInfo(element.Expression, context.Cancellation).Type is IPointerTypeSymbol);

    private List<Piece> Refused(ExpressionSyntax variable, string problem, CommonForEachStatementSyntax loop)
    {
        context.Report(Rules.CannotLiveAcrossWait, variable, variable, problem, Spans.LineOf(loop.Statement));
        return [];
    }
}
