namespace Tame.Http.Parsing;

/// <summary>The extensions after the size of a chunk: names with optional values, each after a semicolon. The server ignores them, but checks their grammar: a lax parser would find other chunk boundaries than its peer.</summary>
internal static class ChunkExtensions
{
    public static bool AreValid(ReadOnlySpan<byte> line)
    {
        while (!line.IsEmpty)
        {
            line = line.TrimStart(" \t"u8);
            if (line is not [(byte)';', ..] || !TrySkipToken(line[1..].TrimStart(" \t"u8), out line))
                return false;
            var after = line.TrimStart(" \t"u8);
            if (after is not [(byte)'=', ..])
                continue;
            after = after[1..].TrimStart(" \t"u8);
            if (after is [(byte)'"', ..] ? !TrySkipQuoted(after[1..], out line) : !TrySkipToken(after, out line))
                return false;
        }
        return true;
    }

    private static bool TrySkipToken(ReadOnlySpan<byte> input, out ReadOnlySpan<byte> rest)
    {
        int length = input.IndexOfAnyExcept(FieldSyntax.Token);
        rest = length < 0 ? default : input[length..];
        return length != 0 && !input.IsEmpty;
    }

    private static bool TrySkipQuoted(ReadOnlySpan<byte> input, out ReadOnlySpan<byte> rest)
    {
        rest = default;
        for (int i = 0; i < input.Length; i++)
        {
            byte b = input[i];
            if (b == '"')
            {
                rest = input[(i + 1)..];
                return true;
            }
            if (b == '\\' && ++i < input.Length)
                b = input[i];
            if (b is < 0x20 and not (byte)'\t' or 0x7F)
                return false;
        }
        return false;
    }
}
