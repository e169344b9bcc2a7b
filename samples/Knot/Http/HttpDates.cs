using System.Globalization;

namespace Knot.Http;

/// <summary>HTTP dates (RFC 9110, section 5.6.7): one form is sent, three are accepted.</summary>
internal static class HttpDates
{
    private static readonly string[] s_forms = ["R", "dddd, dd-MMM-yy HH:mm:ss 'GMT'", "ddd MMM d HH:mm:ss yyyy", "ddd MMM  d HH:mm:ss yyyy"];

    public static string Format(DateTimeOffset time) => time.ToString("R", CultureInfo.InvariantCulture);

    public static bool TryParse(string? text, out DateTimeOffset time) =>
        DateTimeOffset.TryParseExact(text, s_forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);
}
