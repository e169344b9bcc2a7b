using Knot.Files;
using Tame.Http;

namespace Knot.Http;

/// <summary>Evaluates the conditional fields of a request (RFC 9110, section 13) for a file.</summary>
internal static class Conditions
{
    /// <summary>Whether the request has a conditional field or asks for a part.</summary>
    public static bool AreIn(HttpFields fields)
    {
        for (int i = 0; i < fields.Count; i++)
        {
            if (fields.Name(i) is [(byte)'i' or (byte)'I', (byte)'f' or (byte)'F', (byte)'-', ..] or [(byte)'r' or (byte)'R', _, _, _, _])
                return true;
        }
        return false;
    }

    /// <summary>200 if the file should be sent, otherwise 304 or 412, in the order of section 13.2.2.</summary>
    public static int Evaluate(HttpFields fields, Representation file)
    {
        if (fields["If-Match"] is { } match)
        {
            if (!Matches(match, file.ETag, isWeak: false))
                return 412;
        }
        else if (HttpDates.TryParse(fields["If-Unmodified-Since"], out var unmodified) && file.Modified > unmodified)
        {
            return 412;
        }
        if (fields["If-None-Match"] is { } noneMatch)
            return Matches(noneMatch, file.ETag, isWeak: true) ? 304 : 200;
        return HttpDates.TryParse(fields["If-Modified-Since"], out var modified) && file.Modified <= modified ? 304 : 200;
    }

    /// <summary>Whether a Range applies: the request has no If-Range, or its If-Range names the current file.</summary>
    public static bool AllowRange(HttpFields fields, Representation file, DateTimeOffset now)
    {
        if (fields["If-Range"] is not { } text)
            return true;
        if (text.StartsWith('"') || text.StartsWith("W/", StringComparison.Ordinal))
            return text == file.ETag;       // the strong comparison: a weak tag never matches
        // A date identifies a version of a file only after its second has passed (section 8.8.2.2).
        return HttpDates.TryParse(text, out var time) && time == file.Modified && now - file.Modified >= TimeSpan.FromSeconds(1);
    }

    private static bool Matches(string list, string tag, bool isWeak)
    {
        if (list.Trim() == "*")
            return true;
        int at = 0;
        while (TryTake(list, ref at, out var found, out bool isFoundWeak))
        {
            if (found.SequenceEqual(tag) && (isWeak || !isFoundWeak))
                return true;
        }
        return false;
    }

    /// <summary>Takes the next entity tag of a list: quoted, so that a comma may be in it.</summary>
    private static bool TryTake(string list, ref int at, out ReadOnlySpan<char> tag, out bool isWeak)
    {
        while (at < list.Length && list[at] is ' ' or '\t' or ',')
            at++;
        isWeak = list.AsSpan(at).StartsWith("W/");
        int start = isWeak ? at + 2 : at;
        int end = start < list.Length && list[start] == '"' ? list.IndexOf('"', start + 1) : -1;
        tag = end < 0 ? default : list.AsSpan(start, end + 1 - start);
        at = end + 1;
        return end >= 0;
    }
}
