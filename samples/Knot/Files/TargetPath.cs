using System.Globalization;
using System.Text.Unicode;

namespace Knot.Files;

/// <summary>Turns a request target into the path of a file below the root: no query, percent-escapes decoded, nothing that could lead outside.</summary>
internal static class TargetPath
{
    /// <summary>
    /// Decodes into <paramref name="path"/>, which needs one char for each byte of the target, and one more. Returns 200, or 400 for a broken escape, or
    /// 404 for a path that can name no file here: an escaped slash or NUL, a backslash, an empty segment, one that begins with a dot (so <c>..</c> and hidden
    /// files), or invalid UTF-8.
    /// </summary>
    public static int Decode(ReadOnlySpan<byte> target, Span<char> path, out int length)
    {
        length = 0;
        int end = target.IndexOfAny("?#"u8);
        if (end >= 0)
            target = target[..end];
        if (target.IsEmpty)
            target = "/"u8;     // http://host and http://host?query

        if (!target.Contains((byte)'%'))
            return ToPath(target, path, out length);

        Span<byte> decoded = stackalloc byte[target.Length];
        int status = Unescape(target, decoded, out int count);
        return status == 200 ? ToPath(decoded[..count], path, out length) : status;
    }

    private static int Unescape(ReadOnlySpan<byte> target, Span<byte> decoded, out int count)
    {
        count = 0;
        int status = 200;
        for (int i = 0; i < target.Length; i++)
        {
            byte b = target[i];
            if (b == '%')
            {
                if (i + 2 >= target.Length || !byte.TryParse(target.Slice(i + 1, 2), NumberStyles.AllowHexSpecifier, null, out b))
                    return 400;
                i += 2;
                if (b is 0 or (byte)'/')
                    status = 404;
            }
            decoded[count++] = b;
        }
        return status;
    }

    private static int ToPath(ReadOnlySpan<byte> decoded, Span<char> path, out int length)
    {
        Utf8.ToUtf16(decoded, path, out int read, out length, replaceInvalidSequences: false);
        var text = path[..length];
        bool named = read == decoded.Length && text is ['/', ..] && !text.Contains('\\') && text.IndexOf("//") < 0 && text.IndexOf("/.") < 0;
        return named ? 200 : 404;
    }
}
