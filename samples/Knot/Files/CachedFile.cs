using Knot.Http;
using Tame.Http;

namespace Knot.Files;

/// <summary>A file in its representations, with the data to check whether it is unchanged.</summary>
/// <param name="path">The decoded path of the request, which is the key.</param>
/// <param name="filePath">The path of the file, below the root; links are not followed.</param>
/// <param name="plain">The file itself.</param>
/// <param name="compressed">The compressed files next to it, the best first.</param>
internal sealed class CachedFile(string path, string filePath, Representation plain, params Representation[] compressed)
{
    private readonly string[] _codings = [.. compressed.Select(form => form.Coding!), "identity"];

    public string Path { get; } = path;

    public Representation Plain { get; } = plain;

    public bool Varies => compressed.Length != 0;

    /// <summary>The time stamp at which the file was last compared with this entry.</summary>
    public long CheckedAt { get; set; }

    public long Size => Plain.Size + compressed.Sum(form => (long)form.Size);

    /// <summary>The representation that a client wants; null if it accepts none.</summary>
    public Representation? For(HttpFields fields)
    {
        if (!Varies)
            return Plain;
        string? coding = Encodings.Choose(fields["Accept-Encoding"], _codings);
        return coding == "identity" ? Plain : Array.Find(compressed, form => form.Coding == coding);
    }

    /// <summary>Whether the path still leads to the same file, unchanged, and no compressed file next to it was added, removed or changed.</summary>
    public bool IsCurrent() =>
        StaticFiles.StampOf(Plain.Path) == Plain.Stamp
        && (filePath == Plain.Path || RealPath.Resolve(filePath) == Plain.Path)
        && Codings.All.All(coding => StaticFiles.StampOf(Plain.Path + coding.Extension) == Array.Find(compressed, form => form.Coding == coding.Name)?.Stamp);
}
