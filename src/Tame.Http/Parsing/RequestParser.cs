using System.Buffers;

namespace Tame.Http.Parsing;

/// <summary>Reads the head of an HTTP/1.x request (RFC 9112) from the start of a buffer.</summary>
/// <remarks>
/// It keeps no state. Call it again with more bytes while the head is incomplete. Each check looks only at bytes that every longer buffer also has, so the result does not depend on how the network
/// split the request. It never throws.
/// </remarks>
internal static class RequestParser
{
    /// <summary>The longest method; a longer word is not HTTP.</summary>
    public const int MaxMethod = 32;

    private const int NoRefusal = -1;
    private static readonly SearchValues<byte> s_visible = SearchValues.Create([.. Enumerable.Range(0x21, 0x5E).Select(i => (byte)i)]);

    /// <summary>Fills <paramref name="head"/>. Its status is 0 while bytes are missing.</summary>
    public static void Parse(ReadOnlySpan<byte> input, HttpServerOptions limits, RequestHead head)
    {
        head.Clear();
        int start = input.StartsWith("\r\n"u8) ? 2 : 0;     // the empty line that some clients send after a body
        if (input is [(byte)'\r'] || start == input.Length)
            return;
        head.IsHead = input[start..].StartsWith("HEAD "u8);

        int method = ParseMethod(input[start..]);
        if (method <= 0)
        {
            head.Status = -method;
            return;
        }
        head.Method = new Part(start, method);

        int target = start + method + 1;
        int targetLength = ParseTarget(input[target..], limits.MaxTargetBytes);
        if (targetLength <= 0)
        {
            head.Status = -targetLength;
            return;
        }
        head.Target = new Part(target, targetLength);

        int version = target + targetLength + 1;
        int refusal = CheckVersion(input[version..], head);
        if (refusal >= 0)
        {
            head.Status = refusal;
            return;
        }

        int end = ParseFields(input, start, version + "HTTP/1.1\r\n".Length, limits, head);
        head.Status = end > 0 ? Judge(input, head) : -end;
        head.Length = head.Status == 200 ? end : 0;
    }

    /// <summary>The method's length; 0 if bytes are missing; a negative status if there is no method.</summary>
    private static int ParseMethod(ReadOnlySpan<byte> input)
    {
        var window = input[..Math.Min(input.Length, MaxMethod + 1)];
        int length = window.IndexOfAnyExcept(FieldSyntax.Token);
        if (length < 0)
            return window.Length > MaxMethod ? -400 : 0;
        return length == 0 || window[length] != ' ' ? -400 : length;
    }

    /// <summary>The target's length; 0 if bytes are missing; a negative status if there is no target.</summary>
    private static int ParseTarget(ReadOnlySpan<byte> input, int limit)
    {
        var window = input[..Math.Min(input.Length, limit + 1)];
        int length = window.IndexOfAnyExcept(s_visible);
        if (length < 0)
            return window.Length > limit ? -414 : 0;
        return length == 0 || window[length] != ' ' ? -400 : length;
    }

    /// <summary>Negative if the line ends with a supported version; 0 if bytes are missing; otherwise a status. A higher minor version is treated as 1.1, as RFC 9110, section 2.5, requires.</summary>
    private static int CheckVersion(ReadOnlySpan<byte> input, RequestHead head)
    {
        var pattern = "HTTP/9.9\r\n"u8;
        if (input.StartsWith("HTTP/1.1\r\n"u8))
            return NoRefusal;
        int present = Math.Min(input.Length, pattern.Length);
        for (int i = 0; i < present; i++)
        {
            if (pattern[i] == '9' ? !char.IsAsciiDigit((char)input[i]) : input[i] != pattern[i])
                return 400;
        }
        if (present < pattern.Length)
            return 0;
        if (input["HTTP/".Length] != '1')
            return 505;
        head.IsHttp10 = input["HTTP/1.".Length] == '0';
        return NoRefusal;
    }

    /// <summary>The end of the head; 0 if bytes are missing; a negative status for a bad field.</summary>
    private static int ParseFields(ReadOnlySpan<byte> input, int start, int at, HttpServerOptions limits, RequestHead head)
    {
        var framing = default(Framing);
        while (true)
        {
            int room = limits.MaxHeadBytes - (at - start);
            int length = input[at..].IndexOf((byte)'\n');
            if ((length < 0 ? input.Length - at : length + 1) > room)
                return -431;
            if (length < 0)
                return 0;
            if (length == 0 || input[at + length - 1] != '\r')
                return -400;
            var line = input.Slice(at, length - 1);
            if (line.IsEmpty)
            {
                head.Framing = framing;
                return at + 2;
            }
            if (head.FieldCount == limits.MaxFields)
                return -431;
            if (!FieldSyntax.TrySplit(line, at, out var field) || !framing.TryAdd(field, input, head))
                return -400;
            head.Add(field);
            at += length + 1;
        }
    }

    private static int Judge(ReadOnlySpan<byte> input, RequestHead head)
    {
        if (head.Framing.Refusal(head.IsHttp10) is int refusal and > 0)
            return refusal;
        return TargetSyntax.TryRead(input, head) ? 200 : 400;
    }
}
