using System.Text;
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

    /// <summary>The last value of Accept-Encoding, and what was chosen. Most clients send the same one.</summary>
    private string? _lastAccepted;
    private Representation? _lastChosen;

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
        bool isOnly = TryGetOnly(fields, out var value);
        if (isOnly && _lastAccepted is { } last && Ascii.Equals(value, last))
            return _lastChosen;
        string? accepted = fields["Accept-Encoding"];
        var chosen = Of(Encodings.Choose(accepted, _codings));
        if (isOnly)
            (_lastAccepted, _lastChosen) = (accepted, chosen);
        return chosen;
    }

    /// <summary>The value of Accept-Encoding, if the request has the field once.</summary>
    private static bool TryGetOnly(HttpFields fields, out ReadOnlySpan<byte> value)
    {
        int index = -1;
        for (int i = 0; i < fields.Count; i++)
        {
            if (!Ascii.EqualsIgnoreCase(fields.Name(i), "Accept-Encoding"u8))
                continue;
            value = default;
            if (index >= 0)
                return false;
            index = i;
        }
        value = index < 0 ? default : fields.Value(index);
        return index >= 0;
    }

    private Representation? Of(string? coding)
    {
        if (coding == "identity")
            return Plain;
        foreach (var form in compressed)
        {
            if (form.Coding == coding)
                return form;
        }
        return null;
    }

    /// <summary>Whether the path still leads to the same file, unchanged, and no compressed file next to it was added, removed or changed.</summary>
    public bool IsCurrent() =>
        StaticFiles.StampOf(Plain.Path) == Plain.Stamp
        && (filePath == Plain.Path || RealPath.Resolve(filePath) == Plain.Path)
        && Codings.All.All(coding => StaticFiles.StampOf(Plain.Path + coding.Extension) == Array.Find(compressed, form => form.Coding == coding.Name)?.Stamp);
}
