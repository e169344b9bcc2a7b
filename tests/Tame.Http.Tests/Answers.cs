using System.Globalization;
using System.Text;

namespace Tame.Http.Tests;

/// <summary>An answer as a strict client reads it.</summary>
internal sealed record Answer(int Status, string Head, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public bool Closes => Field("Connection") == "close";

    public string? Field(string name)
    {
        int at = Head.IndexOf($"\r\n{name}: ", StringComparison.OrdinalIgnoreCase);
        return at < 0 ? null : Head[(at + name.Length + 4)..Head.IndexOf("\r\n", at + 2, StringComparison.Ordinal)];
    }
}

/// <summary>Cuts what a connection has sent into answers.</summary>
internal static class Answers
{
    /// <param name="bytes">All that came.</param>
    /// <param name="methods">The methods of the requests, which decide whether an answer has a body; GET where there are more answers.</param>
    public static List<Answer> Of(byte[] bytes, params string[] methods)
    {
        var answers = new List<Answer>();
        int at = 0;
        int finals = 0;
        while (at < bytes.Length)
        {
            int end = bytes.AsSpan(at).IndexOf("\r\n\r\n"u8);
            Assert.True(end >= 0, $"no end of a head in: {Encoding.Latin1.GetString(bytes[at..])}");
            string head = Encoding.Latin1.GetString(bytes, at, end + 4);
            at += end + 4;
            Assert.Matches(@"^HTTP/1\.1 \d\d\d [ -~]*\r\n", head);
            int status = int.Parse(head.AsSpan(9, 3), CultureInfo.InvariantCulture);
            var answer = new Answer(status, head, []);
            bool hasBody = status is not (204 or 304) && status >= 200 && (finals >= methods.Length || methods[finals] != "HEAD");
            if (status >= 200)
                finals++;
            answers.Add(hasBody ? answer with { Body = Body(answer, bytes, ref at) } : answer);
        }
        return answers;
    }

    private static byte[] Body(Answer answer, byte[] bytes, ref int at)
    {
        if (answer.Field("Transfer-Encoding") == "chunked")
            return Chunks(bytes, ref at);
        int length = answer.Field("Content-Length") is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : bytes.Length - at;
        Assert.True(at + length <= bytes.Length, $"{bytes.Length - at} of {length} bytes of a body");
        byte[] body = bytes[at..(at + length)];
        at += length;
        return body;
    }

    private static byte[] Chunks(byte[] bytes, ref int at)
    {
        var body = new List<byte>();
        while (true)
        {
            int end = bytes.AsSpan(at).IndexOf("\r\n"u8);
            Assert.True(end > 0, "the end of a body in chunks is missing");
            int size = int.Parse(Encoding.Latin1.GetString(bytes, at, end), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            at += end + 2;
            body.AddRange(bytes[at..(at + size)]);
            at += size;
            Assert.Equal("\r\n", Encoding.Latin1.GetString(bytes, at, 2));
            at += 2;
            if (size == 0)
                return [.. body];
        }
    }
}
