namespace Knot.Files;

/// <summary>The codings of compressed files next to the originals, the best first.</summary>
internal static class Codings
{
    public static readonly (string Name, string Extension)[] All = [("br", ".br"), ("gzip", ".gz")];
}
