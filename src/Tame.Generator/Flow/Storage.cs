using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Tame.Generator.Flow;

/// <summary>Tells in which variable of the body a location lies.</summary>
internal static class Storage
{
    /// <summary>The local or parameter itself, or the one of struct type whose field this is; null where it lies elsewhere.</summary>
    public static ISymbol? RootOf(IOperation location)
    {
        while (true)
        {
            switch (location)
            {
                case IDeclarationExpressionOperation declaration:
                    location = declaration.Expression;
                    break;
                case ILocalReferenceOperation reference:
                    return IsReference(reference.Local) ? null : reference.Local;
                case IParameterReferenceOperation reference:
                    return reference.Parameter;
                default:
                    if (ContainerOf(location) is not { } container)
                        return null;
                    location = container;
                    break;
            }
        }
    }

    /// <summary>What an argument names, be it declared in place or not.</summary>
    public static IOperation PlaceOf(IArgumentOperation argument) =>
        argument.Value is IDeclarationExpressionOperation declaration ? declaration.Expression : argument.Value;

    /// <summary>The struct that this location is a part of, or null.</summary>
    public static IOperation? ContainerOf(IOperation location) => location switch
    {
        IFieldReferenceOperation { Instance: { Type.IsValueType: true } instance } => instance,
        IInlineArrayAccessOperation access => access.Instance,
        _ => null,
    };

    /// <summary>Writing to it writes to somewhere else: the variable itself is then read, not written.</summary>
    public static bool IsReference(ISymbol variable) => variable switch
    {
        ILocalSymbol local => local.IsRef,
        IParameterSymbol parameter => parameter.RefKind is not (RefKind.None or RefKind.Out),
        _ => false,
    };
}
