using Microsoft.CodeAnalysis;

namespace Tame.Generator.Analysis.Paths;

/// <summary>Constants as the analysis compares them: whole numbers, characters and members of enums are longs.</summary>
internal static class Constants
{
    /// <summary>Represents a value that is not a constant, or one that is not compared.</summary>
    public static readonly object None = new();

    public static object? Of(IOperation operation) => operation.ConstantValue is not { HasValue: true, Value: var value } ? None : value switch
    {
        null or bool or string => value,
        char character => (long)character,
        sbyte or byte or short or ushort or int or uint or long => Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture),
        _ => None,
    };
}
