using System.Globalization;
using Knot.Http;
using Tame.Http;

namespace Knot.Files;

/// <summary>One representation of a file: the file itself, or a compressed file next to it. The head and, if it is small, the body are made once.</summary>
internal sealed class Representation
{
    /// <param name="path">The path of the bytes, with every link followed.</param>
    /// <param name="stamp">Detects whether they are unchanged.</param>
    /// <param name="contentType">The type of the content without its coding.</param>
    /// <param name="coding">The coding; null for none.</param>
    /// <param name="now">Replaces a time that lies in the future (RFC 9110, section 8.8.2.1).</param>
    public Representation(string path, FileStamp stamp, string contentType, string? coding, DateTimeOffset now)
    {
        Path = path;
        Stamp = stamp;
        ContentType = contentType;
        Coding = coding;
        var written = new DateTimeOffset(stamp.Written);
        var modified = written < now ? written : now;
        Modified = new DateTimeOffset(modified.Ticks - (modified.Ticks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
        ETag = string.Create(CultureInfo.InvariantCulture, $"\"{stamp.Written.Ticks:x}-{stamp.Length:x}{(coding is null ? "" : "-")}{coding}\"");
    }

    public string Path { get; }

    public FileStamp Stamp { get; }

    public long Length => Stamp.Length;

    public string ContentType { get; }

    public string? Coding { get; }

    /// <summary>Last-Modified, in whole seconds.</summary>
    public DateTimeOffset Modified { get; }

    /// <summary>A strong tag, made from the length and the time of the last write, which Linux keeps in nanoseconds.</summary>
    public string ETag { get; }

    /// <summary>The complete answer, or its head if the body is not in memory.</summary>
    public PreparedResponse Whole { get; private set; } = null!;

    public PreparedResponse NotModified { get; private set; } = null!;

    /// <summary>Whether the body is a part of <see cref="Whole"/>.</summary>
    public bool IsInMemory { get; private set; }

    public int Size => Whole.Size + NotModified.Size;

    /// <summary>Makes the answers.</summary>
    /// <param name="body">The bytes, or null to leave them in the file.</param>
    /// <param name="varies">Whether the file has other codings.</param>
    public Representation With(byte[]? body, bool varies)
    {
        IsInMemory = body is not null;
        var fields = Fields(varies);
        KeyValuePair<string, string>[] all = [.. fields, new("Accept-Ranges", "bytes")];
        Whole = body is null ? new PreparedResponse(200, ContentType, Length, all) : new PreparedResponse(200, ContentType, body, all);
        NotModified = new PreparedResponse(304, null, 0L, [.. fields]);
        return this;
    }

    /// <summary>The fields that identify these bytes, for any answer with them.</summary>
    public List<KeyValuePair<string, string>> Fields(bool varies)
    {
        List<KeyValuePair<string, string>> fields = [new("Last-Modified", HttpDates.Format(Modified)), new("ETag", ETag)];
        if (Coding is not null)
            fields.Add(new("Content-Encoding", Coding));
        if (varies)
            fields.Add(new("Vary", "Accept-Encoding"));
        return fields;
    }
}

/// <summary>Length and time of the last write of a file.</summary>
internal readonly record struct FileStamp(long Length, DateTime Written);
