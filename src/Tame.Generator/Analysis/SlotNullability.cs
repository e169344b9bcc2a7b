using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Tame.Generator.Binding.Rewrite;
using Tame.Generator.Flow;
using Tame.Generator.Model;

namespace Tame.Generator.Analysis;

/// <summary>Compares the slots of an event with what the place that the event goes to may trigger it with.</summary>
internal static class SlotNullability
{
    /// <summary>Whether the call is an <c>mkevent</c> each of whose slots can hold every value of the event that is wanted.</summary>
    public static bool Admits(InvocationExpressionSyntax call, SemanticModel model, PrimitiveSymbols primitives, CancellationToken cancellation)
    {
        if (model.GetSymbolInfo(call, cancellation).Symbol is not IMethodSymbol method || !primitives.IsMkevent(method)) return false;
        if (Wanted(call, model, cancellation) is not { } wanted) return false;
        var slots = call.ArgumentList.Arguments.Where(a => a.RefKindKeyword.IsKind(SyntaxKind.OutKeyword)).Select(a => a.Expression).ToList();
        return slots.Count == wanted.TypeArguments.Length
            && slots.Zip(wanted.TypeArguments, (slot, value) => Admits(TypeOf(slot, model, cancellation), value)).All(admits => admits);
    }

    private static INamedTypeSymbol? Wanted(ExpressionSyntax call, SemanticModel model, CancellationToken cancellation)
    {
        SyntaxNode outer = call;
        while (outer.Parent is ParenthesizedExpressionSyntax or PostfixUnaryExpressionSyntax) outer = outer.Parent;
        var parameter = outer.Parent is ArgumentSyntax argument
            ? (model.GetOperation(argument, cancellation) as Microsoft.CodeAnalysis.Operations.IArgumentOperation)?.Parameter : null;
        return (parameter?.Type ?? model.GetTypeInfo(call, cancellation).ConvertedType) as INamedTypeSymbol;
    }

    /// <summary>Null may come only where the slot allows it; inside the types the annotations have to be the same.</summary>
    private static bool Admits(ITypeSymbol? slot, ITypeSymbol value)
    {
        if (slot is null || (value.NullableAnnotation == NullableAnnotation.Annotated && slot.NullableAnnotation == NullableAnnotation.NotAnnotated)) return false;
        return SymbolEqualityComparer.IncludeNullability.Equals(
            slot.WithNullableAnnotation(NullableAnnotation.None), value.WithNullableAnnotation(NullableAnnotation.None));
    }

    /// <summary>The type with which the slot was declared, whatever the compiler knows of its value just now.</summary>
    private static ITypeSymbol? TypeOf(ExpressionSyntax slot, SemanticModel model, CancellationToken cancellation) => SlotBinder.Strip(slot) switch
    {
        DeclarationExpressionSyntax { Designation: DiscardDesignationSyntax } discard => model.GetTypeInfo(discard.Type, cancellation).Type?.WithNullableAnnotation(NullableAnnotation.Annotated),
        DeclarationExpressionSyntax { Designation: SingleVariableDesignationSyntax single } => (model.GetDeclaredSymbol(single, cancellation) as ILocalSymbol)?.Type,
        ElementAccessExpressionSyntax element => (model.GetTypeInfo(element.Expression, cancellation).Type as IArrayTypeSymbol)?.ElementType,
        var expression => model.GetSymbolInfo(expression, cancellation).Symbol switch
        {
            ILocalSymbol local => local.Type,
            IParameterSymbol parameter => parameter.Type,
            IFieldSymbol field => field.Type,
            IDiscardSymbol discard => discard.Type.WithNullableAnnotation(NullableAnnotation.Annotated),
            _ => null,
        },
    };
}
