using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Tame.Generator.Analysis.Paths;

/// <summary>An expression whose value changes only if one of its variables does, with a text that is the same for the same expression.</summary>
internal sealed record PureExpression(string Text, IReadOnlyCollection<ISymbol> Variables)
{
    /// <summary>Whether it is only a variable.</summary>
    public bool IsVariable => Variables.Count == 1 && Text == NameOf(Variables.First());

    public bool Names(ISymbol variable) => Variables.Any(other => SymbolEqualityComparer.Default.Equals(other, variable));

    /// <summary>Null if the value may change by itself, or by other code.</summary>
    public static PureExpression? Of(IOperation operation, Func<IOperation, ISymbol?> variableOf)
    {
        var variables = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        return TextOf(operation, variableOf, variables) is { } text ? new PureExpression(text, variables) : null;
    }

    private static string? TextOf(IOperation operation, Func<IOperation, ISymbol?> variableOf, HashSet<ISymbol> variables)
    {
        if (operation.ConstantValue is { HasValue: true, Value: var constant })
            return $"'{constant}'";
        if (variableOf(operation) is { } variable)
        {
            variables.Add(variable);
            return NameOf(variable);
        }

        return operation switch
        {
            _ when IsDynamic(operation) => null,
            ISimpleAssignmentOperation assignment => Part(assignment.Target),
            IConversionOperation { OperatorMethod: null } conversion when !conversion.Conversion.IsUserDefined => Part(conversion.Operand),
            IPropertyReferenceOperation { Property.Name: "Length", Instance: { Type: { SpecialType: SpecialType.System_String } or IArrayTypeSymbol } instance } => Part(instance) is { } of ? of + ".Length" : null,
            IFieldReferenceOperation { Field: { IsReadOnly: true, IsStatic: true } field } => field.ToDisplayString(),
            IFieldReferenceOperation { Field: { IsReadOnly: true } field, Instance: IInstanceReferenceOperation } => "this." + field.Name,
            IUnaryOperation { OperatorMethod: null } unary => Part(unary.Operand) is { } of ? $"{unary.OperatorKind}({of})" : null,
            IBinaryOperation binary when IsPure(binary.OperatorMethod) => Part(binary.LeftOperand) is { } left && Part(binary.RightOperand) is { } right ? $"({left} {binary.OperatorKind} {right})" : null,
            _ => null,
        };

        string? Part(IOperation part) => TextOf(part, variableOf, variables);
    }

    /// <summary>Whether the called method is determined at run time, by an object that may change.</summary>
    private static bool IsDynamic(IOperation operation) => operation switch
    {
        IUnaryOperation unary => IsDynamic(unary.Operand.Type),
        IBinaryOperation binary => IsDynamic(binary.LeftOperand.Type) || IsDynamic(binary.RightOperand.Type),
        IConversionOperation conversion => IsDynamic(conversion.Operand.Type) && conversion.Type is not { SpecialType: SpecialType.System_Object },
        _ => false,
    };

    private static bool IsDynamic(ITypeSymbol? type) => type?.TypeKind == TypeKind.Dynamic;

    /// <summary>Variables in different blocks may have one name.</summary>
    private static string NameOf(ISymbol variable) => variable.Name + "@" + variable.Locations[0].SourceSpan.Start;

    /// <summary>Comparisons and computations of the framework's values, such as dates.</summary>
    public static bool IsPure(IMethodSymbol? method) =>
        method is null or { ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } };
}
