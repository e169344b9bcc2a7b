using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Tame.Generator.Binding.Text;

/// <summary>Writes a constant so that it has the same type and value at any place.</summary>
internal static class ConstantText
{
    public static string Of(ITypeSymbol type, object? value, ExternAliases aliases)
    {
        if (value is null) return $"default({SymbolText.Of(type, aliases)})";
        if (value is string text) return SymbolDisplay.FormatLiteral(text, quote: true);
        if (value is char or bool) return SymbolDisplay.FormatPrimitive(value, quoteStrings: true, useHexadecimalNumbers: false)!;
        return value switch
        {
            double.NaN => "double.NaN",
            double.PositiveInfinity => "double.PositiveInfinity",
            double.NegativeInfinity => "double.NegativeInfinity",
            float.NaN => "float.NaN",
            float.PositiveInfinity => "float.PositiveInfinity",
            float.NegativeInfinity => "float.NegativeInfinity",
            _ => $"unchecked(({SymbolText.Of(Underlying(type), aliases)})({Number(value)}))",
        };
    }

    /// <summary>A cast to a nullable type is not a constant. A constant of the underlying type converts to it.</summary>
    private static ITypeSymbol Underlying(ITypeSymbol type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : type;

    private static string Number(object value) => value switch
    {
        decimal number => number.ToString(System.Globalization.CultureInfo.InvariantCulture) + "M",
        double number => number.ToString("R", System.Globalization.CultureInfo.InvariantCulture) + "D",
        float number => number.ToString("R", System.Globalization.CultureInfo.InvariantCulture) + "F",
        ulong number => number.ToString(System.Globalization.CultureInfo.InvariantCulture) + "UL",
        long number => number == long.MinValue ? "long.MinValue" : number.ToString(System.Globalization.CultureInfo.InvariantCulture) + "L",
        IFormattable number => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };
}
