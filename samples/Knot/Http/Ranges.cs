using System.Globalization;

namespace Knot.Http;

/// <summary>A part of a file.</summary>
internal readonly record struct ByteRange(long First, long Length)
{
    public string Of(long whole) => string.Create(CultureInfo.InvariantCulture, $"bytes {First}-{First + Length - 1}/{whole}");
}

/// <summary>The field Range (RFC 9110, section 14).</summary>
internal static class Ranges
{
    /// <summary>The largest number of parts. More parts, or parts that together are longer than the file, could make a small request expensive (section 17.15). Then the whole file is sent.</summary>
    private const int Most = 16;

    /// <summary>The parts that lie within a file; null if the field should be ignored; empty if no part does.</summary>
    public static List<ByteRange>? Parse(string? field, long length)
    {
        if (field is null || !field.StartsWith("bytes=", StringComparison.OrdinalIgnoreCase) || length == 0)
            return null;
        var ranges = new List<ByteRange>();
        int count = 0;
        foreach (var part in field.AsSpan("bytes=".Length).Split(','))
        {
            var text = field.AsSpan("bytes=".Length)[part].Trim(" \t");
            if (text.IsEmpty)
                continue;
            if (++count > Most || !TryParse(text, length, out var range))
                return null;
            if (range.Length > 0)
                ranges.Add(range);
        }
        return count == 0 || ranges.Sum(range => (decimal)range.Length) > length ? null : ranges;
    }

    /// <summary>False if the text is not a range. A range outside the file has length zero.</summary>
    private static bool TryParse(ReadOnlySpan<char> text, long length, out ByteRange range)
    {
        range = default;
        int dash = text.IndexOf('-');
        if (dash < 0)
            return false;
        var before = text[..dash];
        var after = text[(dash + 1)..];
        if (before.IsEmpty)
        {
            if (!TryParse(after, out long suffix))
                return false;
            suffix = Math.Min(suffix, length);
            range = new ByteRange(length - suffix, suffix);
            return true;
        }
        long last = long.MaxValue;
        if (!TryParse(before, out long first) || (!after.IsEmpty && !TryParse(after, out last)) || last < first)
            return false;
        if (first < length)
            range = new ByteRange(first, Math.Min(last, length - 1) - first + 1);
        return true;
    }

    /// <summary>Digits; a number that does not fit in a long becomes the largest long.</summary>
    private static bool TryParse(ReadOnlySpan<char> text, out long value)
    {
        value = long.MaxValue;
        if (text.IsEmpty || text.ContainsAnyExceptInRange('0', '9'))
            return false;
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value))
            value = long.MaxValue;
        return true;
    }
}
