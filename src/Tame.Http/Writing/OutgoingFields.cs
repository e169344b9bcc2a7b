using System.Text;
using Tame.Http.Parsing;

namespace Tame.Http.Writing;

/// <summary>Checks the fields of an answer. It refuses everything that could break out of its line, or contradict how the server frames the answer.</summary>
internal static class OutgoingFields
{
    private static readonly string[] s_own = ["Content-Length", "Transfer-Encoding", "Connection", "Date"];

    public static void Check(string name, string value)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(value);
        if (name.Length == 0 || !Ascii.IsValid(name) || Encoding.ASCII.GetBytes(name).AsSpan().ContainsAnyExcept(FieldSyntax.Token))
            throw new ArgumentException($"'{name}' is not a valid field name. Use letters, digits and the signs that RFC 9110 allows, without a space.", nameof(name));
        foreach (string own in s_own)
        {
            if (name.Equals(own, StringComparison.OrdinalIgnoreCase))
                throw new ArgumentException($"The server itself sends {own}. Set ContentLength or IsLast of the response instead.", nameof(name));
        }
        if (value.AsSpan().ContainsAny(s_controls))
            throw new ArgumentException($"The value of {name} contains a control character.", nameof(value));
    }

    public static void Check(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        bool isOwn = false;
        foreach (string own in s_own)
            isOwn |= own.Length == name.Length && Ascii.EqualsIgnoreCase(name, own);
        if (isOwn || name.IsEmpty || name.ContainsAnyExcept(FieldSyntax.Token) || value.ContainsAny(FieldSyntax.Control))
            Check(Encoding.Latin1.GetString(name), Encoding.Latin1.GetString(value));
    }

    private static readonly System.Buffers.SearchValues<char> s_controls = System.Buffers.SearchValues.Create([.. Enumerable.Range(0, 0x20).Where(i => i != '\t').Select(i => (char)i), (char)0x7F]);
}
