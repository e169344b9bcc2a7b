using System.Globalization;

namespace Tame.Dashboards.Serving;

/// <summary>Reads the query of a request, which may contain anything.</summary>
internal static class QueryText
{
    public static string? Get(string query, string name)
    {
        foreach (string part in query.Split('&'))
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals >= 0 && part.AsSpan(0, equals).SequenceEqual(name))
                return Uri.UnescapeDataString(part[(equals + 1)..]);
        }
        return null;
    }

    /// <returns>Null if the number is missing or invalid.</returns>
    public static int? Number(string query, string name) =>
        int.TryParse(Get(query, name), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;

    /// <summary>Numbers separated by commas. Invalid parts are skipped.</summary>
    public static IReadOnlySet<int> Numbers(string query, string name, int most)
    {
        var numbers = new HashSet<int>();
        foreach (string part in (Get(query, name) ?? "").Split(',').Take(most))
        {
            if (int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
                numbers.Add(number);
        }
        return numbers;
    }
}
