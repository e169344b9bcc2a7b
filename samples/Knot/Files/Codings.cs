namespace Knot.Files;

/// <summary>The codings that files may be compressed in beside them, the best first.</summary>
internal static class Codings
{
    public static readonly (string Name, string Extension)[] All = [("br", ".br"), ("gzip", ".gz")];
}
