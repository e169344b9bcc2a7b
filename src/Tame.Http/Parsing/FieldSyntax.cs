using System.Buffers;

namespace Tame.Http.Parsing;

/// <summary>The grammar of header and trailer fields (RFC 9110, section 5).</summary>
internal static class FieldSyntax
{
    public static readonly SearchValues<byte> Token = SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    /// <summary>The characters that no field value may contain: control characters except the tab.</summary>
    public static readonly SearchValues<byte> Control = SearchValues.Create([.. Enumerable.Range(0, 0x20).Where(i => i != '\t').Select(i => (byte)i), 0x7F]);

    /// <summary>Splits a line without its end. False if it is not a field: the name is not a token (a space before the colon, a folded line), or the value has a control character.</summary>
    /// <param name="line">The line.</param>
    /// <param name="at">Its position in the buffer.</param>
    /// <param name="field">The positions of name and value in the buffer, the value without white space around it.</param>
    public static bool TrySplit(ReadOnlySpan<byte> line, int at, out FieldPlace field)
    {
        field = default;
        int colon = line.IndexOfAnyExcept(Token);
        if (colon <= 0 || line[colon] != ':')
            return false;
        int start = colon + 1;
        int end = line.Length;
        while (start < end && line[start] is (byte)' ' or (byte)'\t')
            start++;
        while (end > start && line[end - 1] is (byte)' ' or (byte)'\t')
            end--;
        field = new FieldPlace(new Part(at, colon), new Part(at + start, end - start));
        return !line[start..end].ContainsAny(Control);
    }

    /// <summary>Whether a list in a field has an element, ignoring case.</summary>
    public static bool HasElement(ReadOnlySpan<byte> list, ReadOnlySpan<byte> element)
    {
        foreach (var part in list.Split((byte)','))
        {
            if (System.Text.Ascii.EqualsIgnoreCase(list[part].Trim(" \t"u8), element))
                return true;
        }
        return false;
    }
}
