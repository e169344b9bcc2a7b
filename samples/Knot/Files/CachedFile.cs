using Knot.Http;
using Tame.Http;

namespace Knot.Files;

/// <summary>A file in its forms, with what tells whether it is still the same.</summary>
/// <param name="path">The decoded path of the request, which is the key.</param>
/// <param name="filePath">Where that leads, below the root; links are not followed.</param>
/// <param name="plain">The file itself.</param>
/// <param name="compressed">What lies beside it, the best first.</param>
internal sealed class CachedFile(string path, string filePath, Representation plain, params Representation[] compressed)
{
    private readonly string[] _codings = [.. compressed.Select(form => form.Coding!), "identity"];

    public string Path { get; } = path;

    public Representation Plain { get; } = plain;

    public bool Varies => compressed.Length != 0;

    /// <summary>The time stamp at which the file was last compared with this entry.</summary>
    public long CheckedAt { get; set; }

    public long Size => Plain.Size + compressed.Sum(form => (long)form.Size);

    /// <summary>The form that a client wants; null where it accepts none.</summary>
    public Representation? For(HttpFields fields)
    {
        if (!Varies)
            return Plain;
        string? coding = Encodings.Choose(fields["Accept-Encoding"], _codings);
        return coding == "identity" ? Plain : Array.Find(compressed, form => form.Coding == coding);
    }

    /// <summary>Whether the path still leads to the same file, unchanged, and nothing compressed has come, gone or changed beside it.</summary>
    public bool IsCurrent() =>
        StaticFiles.StampOf(Plain.Path) == Plain.Stamp
        && (filePath == Plain.Path || RealPath.Resolve(filePath) == Plain.Path)
        && Codings.All.All(coding => StaticFiles.StampOf(Plain.Path + coding.Extension) == Array.Find(compressed, form => form.Coding == coding.Name)?.Stamp);
}
