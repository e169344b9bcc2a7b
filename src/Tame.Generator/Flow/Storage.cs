using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Tame.Generator.Flow;

/// <summary>Tells which variable of the body contains a location.</summary>
internal static class Storage
{
    /// <summary>The local or parameter itself, or the one of struct type that has this field. Null if it is elsewhere.</summary>
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

    /// <summary>The location that an argument names, whether or not it declares it.</summary>
    public static IOperation PlaceOf(IArgumentOperation argument) =>
        argument.Value is IDeclarationExpressionOperation declaration ? declaration.Expression : argument.Value;

    /// <summary>The struct that contains this location, or null.</summary>
    public static IOperation? ContainerOf(IOperation location) => location switch
    {
        IFieldReferenceOperation { Instance: { Type.IsValueType: true } instance } => instance,
        IInlineArrayAccessOperation access => access.Instance,
        _ => null,
    };

    /// <summary>Whether a write to it writes elsewhere: then the variable itself is read, not written.</summary>
    public static bool IsReference(ISymbol variable) => variable switch
    {
        ILocalSymbol local => local.IsRef,
        IParameterSymbol parameter => parameter.RefKind is not (RefKind.None or RefKind.Out),
        _ => false,
    };
}
