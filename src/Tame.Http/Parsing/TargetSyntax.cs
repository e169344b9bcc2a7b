using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Tame.Http.Parsing;

/// <summary>The grammar of a request target and of an authority (RFC 9112, section 3.2, and RFC 3986, section 3.2).</summary>
internal static class TargetSyntax
{
    /// <summary>A registered name without escapes.</summary>
    private static readonly SearchValues<byte> s_name = SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-._~!$&'()*+,;="u8);

    private static readonly SearchValues<byte> s_future = SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-._~!$&'()*+,;=:"u8);

    /// <summary>Finds the parts of the target. False if it has no form that the method allows.</summary>
    public static bool TryRead(ReadOnlySpan<byte> input, RequestHead head)
    {
        var target = head.Target.Of(input);
        var method = head.Method.Of(input);
        if (method.SequenceEqual("CONNECT"u8))
        {
            head.Form = HttpTargetForm.Authority;
            head.Authority = head.Target;
            return IsAuthority(target) && HasPort(target);
        }
        if (target[0] == '/')
        {
            Split(head, target, 0);
            return true;
        }
        if (target is [(byte)'*'])
        {
            head.Form = HttpTargetForm.Asterisk;
            return method.SequenceEqual("OPTIONS"u8);
        }
        return TryReadAbsolute(target, head);
    }

    /// <summary>Whether bytes are a host, with or without a colon and a port. A user name before the host is refused, as RFC 9110, section 4.2.4, requires.</summary>
    public static bool IsAuthority(ReadOnlySpan<byte> value)
    {
        int end = value is [(byte)'[', ..] ? Literal(value) : Name(value);
        return end > 0 && (end == value.Length || (value[end] == ':' && IsPort(value[(end + 1)..])));
    }

    private static bool TryReadAbsolute(ReadOnlySpan<byte> target, RequestHead head)
    {
        head.Form = HttpTargetForm.Absolute;
        int scheme = "http://".Length;
        if (target.Length > scheme && target[4] is (byte)'s' or (byte)'S')
            scheme++;
        if (target.Length <= scheme || !Ascii.EqualsIgnoreCase(target[..scheme], scheme == "http://".Length ? "http://"u8 : "https://"u8))
            return false;
        int length = target[scheme..].IndexOfAny("/?"u8);
        int path = length < 0 ? target.Length : scheme + length;
        head.Authority = new Part(head.Target.Start + scheme, path - scheme);
        Split(head, target, path);
        return IsAuthority(target[scheme..path]);
    }

    private static void Split(RequestHead head, ReadOnlySpan<byte> target, int path)
    {
        int question = target[path..].IndexOf((byte)'?');
        int end = question < 0 ? target.Length : path + question;
        head.Path = new Part(head.Target.Start + path, end - path);
        if (question >= 0)
            head.Query = new Part(head.Target.Start + end + 1, target.Length - end - 1);
    }

    /// <summary>The length of a name or an IPv4 address; 0 if it is neither.</summary>
    private static int Name(ReadOnlySpan<byte> value)
    {
        int at = 0;
        while (true)
        {
            int length = value[at..].IndexOfAnyExcept(s_name);
            if (length < 0)
                return value.Length;
            at += length;
            if (value[at] != '%')
                return value[at] == ':' ? at : 0;
            if (at + 2 >= value.Length || !char.IsAsciiHexDigit((char)value[at + 1]) || !char.IsAsciiHexDigit((char)value[at + 2]))
                return 0;
            at += 3;
        }
    }

    /// <summary>The length of an IPv6 address, or of an address of a later version, in brackets; 0 if it is neither.</summary>
    private static int Literal(ReadOnlySpan<byte> value)
    {
        int end = value.IndexOf((byte)']');
        if (end < 0)
            return 0;
        var inner = value[1..end];
        if (inner is [(byte)'v' or (byte)'V', ..])
        {
            int dot = inner.IndexOf((byte)'.');
            bool isFuture = dot > 1 && dot + 1 < inner.Length && !inner[(dot + 1)..].ContainsAnyExcept(s_future) && IsHex(inner[1..dot]);
            return isFuture ? end + 1 : 0;
        }
        bool isAddress = !inner.Contains((byte)'%') && IPAddress.TryParse(Encoding.Latin1.GetString(inner), out var address) && address.AddressFamily == AddressFamily.InterNetworkV6;
        return isAddress ? end + 1 : 0;
    }

    private static bool IsHex(ReadOnlySpan<byte> value)
    {
        foreach (byte digit in value)
        {
            if (!char.IsAsciiHexDigit((char)digit))
                return false;
        }
        return true;
    }

    private static bool IsPort(ReadOnlySpan<byte> value) => value.IsEmpty || (value.Length <= 5 && !value.ContainsAnyExceptInRange((byte)'0', (byte)'9') && int.Parse(value, null) <= ushort.MaxValue);

    private static bool HasPort(ReadOnlySpan<byte> authority) => char.IsAsciiDigit((char)authority[^1]) && authority.LastIndexOf((byte)':') > authority.LastIndexOf((byte)']');
}
