using System.Globalization;

namespace Knot.Http;

/// <summary>The field Accept-Encoding (RFC 9110, section 12.5.3).</summary>
internal static class Encodings
{
    /// <summary>Chooses one of the available codings, by the client's weights and, if these are equal, by their order.</summary>
    /// <param name="field">The field; null if it is missing. Then any coding is acceptable, but the answer is sent without one.</param>
    /// <param name="codings">The available codings, the best first; "identity" means no coding.</param>
    /// <returns>Null if the client accepts none of them.</returns>
    public static string? Choose(string? field, ReadOnlySpan<string> codings)
    {
        if (field is null)
            return "identity";
        string? best = null;
        double most = 0;
        foreach (string coding in codings)
        {
            double weight = Weight(field, coding);
            if (weight > most)
                (best, most) = (coding, weight);
        }
        return best;
    }

    private static double Weight(string field, string coding)
    {
        double? all = null;
        foreach (var part in field.AsSpan().Split(','))
        {
            var element = field.AsSpan()[part];
            int semicolon = element.IndexOf(';');
            var name = (semicolon < 0 ? element : element[..semicolon]).Trim(" \t");
            if (name.StartsWith("x-", StringComparison.OrdinalIgnoreCase) && name[2..].Equals("gzip", StringComparison.OrdinalIgnoreCase))
                name = name[2..];
            if (name.Equals(coding, StringComparison.OrdinalIgnoreCase))
                return Weight(element, semicolon);
            if (name is "*")
                all = Weight(element, semicolon);
        }
        // "No coding" is acceptable unless it is refused, and the last choice if it is not named.
        return all ?? (coding == "identity" ? 0.0001 : 0);
    }

    private static double Weight(ReadOnlySpan<char> element, int semicolon)
    {
        if (semicolon < 0)
            return 1;
        var parameter = element[(semicolon + 1)..].Trim(" \t");
        return parameter.StartsWith("q=", StringComparison.OrdinalIgnoreCase)
            && double.TryParse(parameter[2..], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double weight) && weight is >= 0 and <= 1 ? weight : 0;
    }
}
