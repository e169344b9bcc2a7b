using System.Buffers;

namespace Knot.Http;

/// <summary>Reads the head of an HTTP/1.x request (RFC 9112) from the start of a buffer.</summary>
/// <remarks>
/// It keeps no state: while the head is incomplete it is called again with more bytes. Each check looks only at bytes that every longer
/// buffer has too, so the answer does not depend on how the network cut the request. It never throws.
/// </remarks>
internal static class RequestParser
{
    private static readonly SearchValues<byte> s_token = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    /// <summary>What no field value may hold: control characters but for the tab.</summary>
    private static readonly SearchValues<byte> s_control = SearchValues.Create([.. Enumerable.Range(0, 0x20).Where(i => i != '\t').Select(i => (byte)i), 0x7F]);

    private static readonly SearchValues<byte> s_visible = SearchValues.Create([.. Enumerable.Range(0x21, 0x5E).Select(i => (byte)i)]);

    public static RequestHead Parse(ReadOnlySpan<byte> input)
    {
        int start = input.StartsWith("\r\n"u8) ? 2 : 0;     // the empty line that some clients send after a body
        if (input is [(byte)'\r'] || start == input.Length)
            return default;

        int method = ParseMethod(input[start..]);
        if (method <= 0)
            return RequestHead.Refuse(-method);

        int target = start + method + 1;
        int targetLength = ParseTarget(input[target..]);
        if (targetLength <= 0)
            return RequestHead.Refuse(-targetLength);

        int version = target + targetLength + 1;
        int refusal = CheckVersion(input[version..], out bool isHttp10);
        if (refusal >= 0)
            return RequestHead.Refuse(refusal);

        var fields = new HeaderFields();
        int end = ParseFields(input, start, version + "HTTP/1.1\r\n".Length, ref fields);
        if (end <= 0)
            return RequestHead.Refuse(-end);

        return Judge(input, end, start..(start + method), target..(target + targetLength), isHttp10, fields);
    }

    /// <summary>The method's length; 0 for more bytes; a status, negative, for no method.</summary>
    private static int ParseMethod(ReadOnlySpan<byte> input)
    {
        var window = input[..Math.Min(input.Length, HttpLimits.Method + 1)];
        int length = window.IndexOfAnyExcept(s_token);
        if (length < 0)
            return window.Length > HttpLimits.Method ? -400 : 0;
        return length == 0 || window[length] != ' ' ? -400 : length;
    }

    /// <summary>The target's length; 0 for more bytes; a status, negative, for no target.</summary>
    private static int ParseTarget(ReadOnlySpan<byte> input)
    {
        var window = input[..Math.Min(input.Length, HttpLimits.Target + 1)];
        int length = window.IndexOfAnyExcept(s_visible);
        if (length < 0)
            return window.Length > HttpLimits.Target ? -414 : 0;
        return length == 0 || window[length] != ' ' ? -400 : length;
    }

    /// <summary>-1 where the line ends with a version that Knot speaks; 0 for more bytes; else a status.</summary>
    private static int CheckVersion(ReadOnlySpan<byte> input, out bool isHttp10)
    {
        isHttp10 = input.StartsWith("HTTP/1.0\r\n"u8);
        if (isHttp10 || input.StartsWith("HTTP/1.1\r\n"u8))
            return -1;

        var pattern = "HTTP/9.9\r\n"u8;
        int present = Math.Min(input.Length, pattern.Length);
        for (int i = 0; i < present; i++)
            if (pattern[i] == '9' ? !char.IsAsciiDigit((char)input[i]) : input[i] != pattern[i])
                return 400;
        return present == pattern.Length ? 505 : 0;
    }

    /// <summary>The end of the head; 0 for more bytes; a status, negative, for a bad field.</summary>
    private static int ParseFields(ReadOnlySpan<byte> input, int start, int at, ref HeaderFields fields)
    {
        for (int count = 0; ; count++)
        {
            int room = HttpLimits.Head - (at - start);
            int length = input[at..].IndexOf((byte)'\n');
            if ((length < 0 ? input.Length - at : length + 1) > room)
                return -431;
            if (length < 0)
                return 0;
            if (length == 0 || input[at + length - 1] != '\r')
                return -400;

            var line = input.Slice(at, length - 1);
            at += length + 1;
            if (line.IsEmpty)
                return at;
            if (count == HttpLimits.Fields)
                return -431;
            if (!TrySplit(line, out var name, out var value) || !fields.TryAdd(name, value))
                return -400;
        }
    }

    private static bool TrySplit(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        int colon = line.IndexOfAnyExcept(s_token);
        if (colon <= 0 || line[colon] != ':')
        {
            name = value = default;
            return false;
        }

        name = line[..colon];
        value = line[(colon + 1)..].Trim(" \t"u8);
        return !value.ContainsAny(s_control);
    }

    private static RequestHead Judge(ReadOnlySpan<byte> input, int end, Range methodRange, Range target, bool isHttp10, in HeaderFields fields)
    {
        if (fields.Refusal(isHttp10) is int refusal and > 0)
            return RequestHead.Refuse(refusal);

        var method = Classify(input[methodRange]);
        int pathStart = 0;
        if (method is RequestMethod.Get or RequestMethod.Head && !TryFindPath(input[target], out pathStart))
            return RequestHead.Refuse(400);

        return new RequestHead
        {
            Status = 200,
            Length = end,
            Method = method,
            TargetStart = target.Start.Value + pathStart,
            TargetLength = target.End.Value - target.Start.Value - pathStart,
            IsHttp10 = isHttp10,
            KeepAlive = fields.KeepsAlive(isHttp10),
            HasBody = fields.HasBody,
        };
    }

    private static RequestMethod Classify(ReadOnlySpan<byte> method)
    {
        if (method.SequenceEqual("GET"u8))
            return RequestMethod.Get;
        if (method.SequenceEqual("HEAD"u8))
            return RequestMethod.Head;
        bool known = method.SequenceEqual("POST"u8) || method.SequenceEqual("PUT"u8) || method.SequenceEqual("DELETE"u8)
            || method.SequenceEqual("OPTIONS"u8) || method.SequenceEqual("PATCH"u8) || method.SequenceEqual("TRACE"u8)
            || method.SequenceEqual("CONNECT"u8);
        return known ? RequestMethod.NotAllowed : RequestMethod.Unknown;
    }

    /// <summary>Skips scheme and authority of the absolute form, which RFC 9112 3.2.2 has every server accept.</summary>
    private static bool TryFindPath(ReadOnlySpan<byte> target, out int start)
    {
        start = 0;
        if (target[0] == '/')
            return true;
        var scheme = "http://"u8;
        if (target.Length <= scheme.Length || !System.Text.Ascii.EqualsIgnoreCase(target[..scheme.Length], scheme))
            return false;
        int authority = target[scheme.Length..].IndexOfAny("/?"u8);
        start = authority < 0 ? target.Length : scheme.Length + authority;
        return authority != 0;
    }
}
