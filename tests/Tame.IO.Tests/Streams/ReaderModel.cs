using System.Text;

namespace Tame.IO.Tests.Streams;

/// <summary>What a reader has to return: the whole stream, and how far it was taken.</summary>
internal sealed class ReaderModel(byte[] stream)
{
    public int Position { get; private set; }

    public bool IsOver => Position == stream.Length;

    private ReadOnlySpan<byte> Rest => stream.AsSpan(Position);

    public static byte[] RandomStream(Random random)
    {
        var bytes = new List<byte>();
        int most = random.Next(1, 60);
        for (int left = random.Next(0, 200); left > 0; left--)
        {
            for (int i = random.Next(most); i > 0; i--)
                bytes.Add((byte)"abcé;\r"u8[random.Next(7)]);
            if (random.Next(3) == 0)
                bytes.Add((byte)'\r');
            if (random.Next(8) != 0)
                bytes.Add((byte)'\n');
        }
        return [.. bytes];
    }

    public void Line(ReadOnlySpan<byte> line, int limit)
    {
        Assert.Equal(NextLine(out int taken), line);
        Assert.True(line.Length <= limit);
        Position += taken;
    }

    public void Line(string? line, int limit)
    {
        if (line is null)
        {
            Assert.True(IsOver);
            return;
        }
        var next = NextLine(out int taken);
        Assert.Equal(Encoding.UTF8.GetString(next), line);
        Assert.True(next.Length <= limit);
        Position += taken;
    }

    public void Until(byte delimiter, ReadOnlySpan<byte> block, int limit)
    {
        Assert.Equal(Rest[..Rest.IndexOf(delimiter)], block);
        Assert.True(block.Length <= limit);
        Position += block.Length + 1;
    }

    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        Assert.Equal(Rest[..bytes.Length], bytes);
        Position += bytes.Length;
    }

    /// <summary>What is buffered comes next, and is all that is left where the stream has ended.</summary>
    public void Buffered(Reader reader)
    {
        Assert.Equal(Rest[..reader.Buffered.Length], reader.Buffered.Span);
        if (reader.IsEnded)
            Assert.Equal(Rest.Length, reader.Buffered.Length);
    }

    /// <summary>A read up to this byte was too long for the limit.</summary>
    public void TooLong(byte delimiter, bool isLine, int limit)
    {
        int at = Rest.IndexOf(delimiter);
        int length = at < 0 ? Rest.Length : at;
        if (isLine && at > 0 && Rest[at - 1] == '\r')
            length--;
        Assert.True(length > limit);
    }

    public void Ends(byte delimiter) => Assert.Equal(-1, Rest.IndexOf(delimiter));

    public void Ends(int wanted) => Assert.True(Rest.Length < wanted);

    private ReadOnlySpan<byte> NextLine(out int taken)
    {
        int at = Rest.IndexOf((byte)'\n');
        taken = at < 0 ? Rest.Length : at + 1;
        Assert.NotEqual(0, taken);
        return at > 0 && Rest[at - 1] == '\r' ? Rest[..(at - 1)] : Rest[..(at < 0 ? Rest.Length : at)];
    }
}
