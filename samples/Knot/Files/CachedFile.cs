using Knot.Http;

namespace Knot.Files;

/// <summary>A cached response with what tells whether its file is still the same.</summary>
internal sealed class CachedFile(string path, string filePath, DateTime modified, Response response)
{
    /// <summary>The decoded path of the request, which is the key.</summary>
    public string Path { get; } = path;

    public Response Response { get; } = response;

    /// <summary>The time stamp at which the file was last compared with this entry.</summary>
    public long CheckedAt { get; set; }

    public bool IsCurrent()
    {
        var file = new FileInfo(filePath);
        return file.Exists && file.Length == Response.Length && file.LastWriteTimeUtc == modified;
    }
}
