using System.Text;
using Tame.Load;

namespace Tame.Samples.Tests.LoadGenerator;

/// <summary>Where answers end, however they are cut into pieces.</summary>
public sealed class AnswerReaderTests
{
    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", 200, false)]
    [InlineData("HTTP/1.1 200 OK\r\ncontent-length:5\r\nConnection: Close\r\n\r\nhello", 200, true)]
    [InlineData("HTTP/1.1 204 No Content\r\n\r\n", 204, false)]
    [InlineData("HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n", 304, false)]
    [InlineData("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", 404, false)]
    [InlineData("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx", 200, false)]
    [InlineData("HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\nx", 200, true)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n1A;name=value\r\nabcdefghijklmnopqrstuvwxyz\r\n0\r\n\r\n", 200, false)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nExpires: never\r\n\r\n", 200, false)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 9\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 200, false)]
    public void An_answer_ends_with_its_last_byte(string answer, int status, bool closes)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(answer);
        for (int first = 1; first <= bytes.Length; first++)
        {
            var reader = new AnswerReader();
            reader.Reset();
            for (int at = 0, count = first; at < bytes.Length; at += count, count = Math.Min(first, bytes.Length - at))
                Assert.Equal(at + count == bytes.Length, Take(reader, bytes.AsSpan(at, count)));
            Assert.Equal((status, closes, bytes.Length), (reader.Status, reader.Closes, reader.Bytes));
        }
    }

    [Fact]
    public void An_answer_without_a_length_ends_with_the_connection()
    {
        var reader = new AnswerReader();
        reader.Reset();
        Assert.False(Take(reader, "HTTP/1.1 200 OK\r\n\r\nhello"u8));
        Assert.True(reader.Take(0));
        Assert.True(reader.Closes);
    }

    [Theory]
    [InlineData("SSH-2.0-OpenSSH\r\n\r\n", "no answer of HTTP/1.1")]
    [InlineData("HTTP/1.1 2x0 OK\r\n\r\n", "no answer of HTTP/1.1")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n", "Content-Length is no number: many")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nxy", "bytes came behind the answer")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "the size of a chunk is no hexadecimal number")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\r\n", "a chunk has no size")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nxy\r\n", "a chunk is longer than its size")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nx", "bytes came behind the answer")]
    public void What_is_no_answer_says_why(string answer, string reason)
    {
        var reader = new AnswerReader();
        reader.Reset();
        var error = Assert.Throws<InvalidDataException>(() => Take(reader, Encoding.Latin1.GetBytes(answer)));
        Assert.Equal(reason, error.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel")]
    public void A_connection_that_ends_before_the_answer_says_so(string answer)
    {
        var reader = new AnswerReader();
        reader.Reset();
        if (answer.Length > 0)
            Assert.False(Take(reader, Encoding.Latin1.GetBytes(answer)));
        Assert.Equal("the connection ended before the answer", Assert.Throws<EndOfStreamException>(() => reader.Take(0)).Message);
    }

    private static bool Take(AnswerReader reader, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(reader.Free.Span);
        return reader.Take(bytes.Length);
    }
}
