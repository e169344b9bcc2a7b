namespace Tame.Benchmarks;

/// <summary>The part of a page between two markers, which the report replaces; the rest is written by people.</summary>
internal static class Page
{
    public const string Begin = "<!-- report: begin -->", End = "<!-- report: end -->";

    /// <summary>The page with other text between its markers.</summary>
    public static string Replace(string page, string text)
    {
        var (begin, end) = (page.IndexOf(Begin, StringComparison.Ordinal), page.IndexOf(End, StringComparison.Ordinal));
        if (begin < 0 || end < begin) throw new InvalidOperationException($"The page has no {Begin} before an {End}.");
        return $"{page[..(begin + Begin.Length)]}\n\n{text.Trim()}\n\n{page[end..]}";
    }
}
