using System.Text;
using CsCheck;
using Knot.Http;

namespace Tame.Samples.Tests.Knot;

public sealed class RequestParserTests
{
    private const string Host = "Host: localhost\r\n";

    [Fact]
    public void A_plain_request_is_read_whole()
    {
        var head = Parse("GET /a/b?c=d HTTP/1.1\r\nHost: localhost:5000\r\nAccept: */*\r\n\r\nGET /next");

        Assert.Equal(200, head.Status);
        Assert.Equal(RequestMethod.Get, head.Method);
        Assert.Equal((4, "/a/b?c=d".Length), (head.TargetStart, head.TargetLength));
        Assert.Equal("GET /a/b?c=d HTTP/1.1\r\nHost: localhost:5000\r\nAccept: */*\r\n\r\n".Length, head.Length);
        Assert.True(head.KeepAlive);
        Assert.False(head.HasBody);
    }

    [Theory]
    [InlineData("HTTP/1.1", "", true)]
    [InlineData("HTTP/1.1", "Connection: close\r\n", false)]
    [InlineData("HTTP/1.1", "connection: Foo, CLOSE\r\n", false)]
    [InlineData("HTTP/1.1", "Connection: close\r\nConnection: keep-alive\r\n", false)]
    [InlineData("HTTP/1.0", "", false)]
    [InlineData("HTTP/1.0", "Connection: Keep-Alive\r\n", true)]
    [InlineData("HTTP/1.0", "Connection: keep-alive, close\r\n", false)]
    public void Keep_alive_follows_the_version_and_the_Connection_field(string version, string fields, bool keepAlive) =>
        Assert.Equal(keepAlive, Parse($"GET / {version}\r\n{Host}{fields}\r\n").KeepAlive);

    [Theory]
    [InlineData("GET", RequestMethod.Get)]
    [InlineData("HEAD", RequestMethod.Head)]
    [InlineData("POST", RequestMethod.NotAllowed)]
    [InlineData("OPTIONS", RequestMethod.NotAllowed)]
    [InlineData("get", RequestMethod.Unknown)]
    [InlineData("BREW", RequestMethod.Unknown)]
    public void Methods_are_told_apart_by_case(string method, object expected) =>
        Assert.Equal(expected, Parse($"{method} / HTTP/1.1\r\n{Host}\r\n").Method);

    [Theory]
    [InlineData("http://example.org/a", "/a")]
    [InlineData("HTTP://example.org:80/a?b", "/a?b")]
    [InlineData("http://example.org", "")]
    [InlineData("http://example.org?q", "?q")]
    public void The_absolute_form_names_a_path_too(string target, string path)
    {
        string request = $"GET {target} HTTP/1.1\r\n{Host}\r\n";
        var head = Parse(request);

        Assert.Equal(200, head.Status);
        Assert.Equal(path, request.Substring(head.TargetStart, head.TargetLength));
    }

    [Theory]
    [InlineData("\x16\x03\x01")]                                    // the start of TLS, refused at its first byte
    [InlineData(" GET / HTTP/1.1\r\n")]
    [InlineData("GET  / HTTP/1.1\r\n")]
    [InlineData("GET / \r\n")]
    [InlineData("GET /\r\n")]                                       // HTTP/0.9
    [InlineData("GET / HTTP/1.1 \r\n")]
    [InlineData("GET / HTTP/1.1\n")]
    [InlineData("GET / HTTX")]
    [InlineData("GET /\x01 HTTP/1.1\r\n")]
    [InlineData("GET /\xe4 HTTP/1.1\r\n")]
    [InlineData("GET a HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData("GET * HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData("GET http:///a HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData("GET ftp://a/b HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\n\r\n")]                          // no Host
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: a b\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost : a\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\n folded\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nno colon\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\n: no name\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nX: a\x00\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nX: a\rb\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n")]
    [InlineData("GET / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n")]
    [InlineData("AVERYLONGMETHODINDEED / HTTP/1.1\r\n")]
    public void Garbage_is_refused_with_400(string request) => Assert.Equal(400, Parse(request).Status);

    [Theory]
    [InlineData("GET / HTTP/2.0\r\n", 505)]
    [InlineData("GET / HTTP/1.2\r\n", 505)]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n", 501)]
    public void What_is_well_formed_but_not_spoken_here_is_refused_by_name(string request, int status) =>
        Assert.Equal(status, Parse(request).Status);

    [Theory]
    [InlineData("Content-Length: 0\r\n", false)]
    [InlineData("Content-Length: 5\r\n", true)]
    [InlineData("Content-Length: 99999999999999999999999999\r\n", true)]
    [InlineData("Transfer-Encoding: Chunked\r\n", true)]
    public void A_body_is_noticed(string fields, bool hasBody) =>
        Assert.Equal(hasBody, Parse($"GET / HTTP/1.1\r\n{Host}{fields}\r\n").HasBody);

    [Fact]
    public void The_limits_are_exact()
    {
        string longest = "/" + new string('a', HttpLimits.Target - 1);
        Assert.Equal(200, Parse($"GET {longest} HTTP/1.0\r\n\r\n").Status);
        Assert.Equal(414, Parse($"GET {longest}a HTTP/1.0\r\n\r\n").Status);
        Assert.Equal(414, Parse($"GET {longest}a").Status);

        string start = "GET / HTTP/1.0\r\nX: ";
        string largest = start + new string('x', HttpLimits.Head - start.Length - 4) + "\r\n\r\n";
        Assert.Equal(200, Parse(largest).Status);
        Assert.Equal(431, Parse(largest.Insert(start.Length, "x")).Status);
        Assert.Equal(431, Parse(start + new string('x', HttpLimits.Head)).Status);

        string Fields(int count) => string.Concat(Enumerable.Repeat("A: b\r\n", count));
        Assert.Equal(200, Parse($"GET / HTTP/1.0\r\n{Fields(HttpLimits.Fields)}\r\n").Status);
        Assert.Equal(431, Parse($"GET / HTTP/1.0\r\n{Fields(HttpLimits.Fields + 1)}\r\n").Status);
    }

    [Fact]
    public void One_empty_line_before_a_request_is_passed_over()
    {
        var head = Parse("\r\nGET / HTTP/1.0\r\n\r\n");

        Assert.Equal(200, head.Status);
        Assert.Equal("\r\nGET / HTTP/1.0\r\n\r\n".Length, head.Length);
        Assert.False(Parse("\r").IsComplete);
        Assert.False(Parse("\r\n").IsComplete);
    }

    /// <summary>Requests put together from pieces that matter to the grammar, with a few bytes bent.</summary>
    private static readonly Gen<byte[]> s_requests =
        from line in Gen.OneOf("GET / HTTP/1.1\r\n", "HEAD /a%20b?c HTTP/1.0\r\n", "GET http://h/ HTTP/1.1\r\n", "POST /x HTTP/1.1\r\n", "\r\nGET / HTTP/1.1\r\n", "")
        from fields in Gen.OneOf("Host: a\r\n", "Connection: close\r\n", "Content-Length: 3\r\n", "Transfer-Encoding: chunked\r\n", "X:\r\n", " y\r\n", "Z: \t z\n", "\r\n", "\r", "\n", ":", "\0").Array[0, 8]
        from bends in Gen.Select(Gen.Int[0, 200], Gen.Byte).Array[0, 3]
        select Bend(Encoding.Latin1.GetBytes(line + string.Concat(fields) + "\r\n"), bends);

    private static byte[] Bend(byte[] request, (int At, byte Value)[] bends)
    {
        foreach (var (at, value) in bends)
            request[at % request.Length] = value;
        return request;
    }

    [Fact]
    public void Any_bytes_give_an_answer_within_the_buffer() =>
        Gen.OneOf(s_requests, Gen.Byte.Array[0, 300]).Sample(bytes => CheckBounds(RequestParser.Parse(bytes), bytes.Length), iter: 20_000);

    [Fact]
    public void The_answer_does_not_depend_on_how_the_input_was_cut() =>
        Gen.OneOf(s_requests, Gen.Byte.Array[0, 60]).Sample(CheckPrefixes, iter: 3_000);

    [Fact]
    public void Long_input_may_be_cut_anywhere_too()
    {
        foreach (int length in (int[])[HttpLimits.Target - 20, HttpLimits.Target, HttpLimits.Target + 20])
            CheckPrefixes(Encoding.ASCII.GetBytes($"GET /{new string('a', length)} HTTP/1.0\r\n\r\n"));
        foreach (int length in (int[])[HttpLimits.Head - 30, HttpLimits.Head, HttpLimits.Head + 30])
            CheckPrefixes(Encoding.ASCII.GetBytes($"GET / HTTP/1.0\r\nA: b\r\nX: {new string('x', length)}\r\n\r\n"));
    }

    private static void CheckPrefixes(byte[] bytes)
    {
        var whole = RequestParser.Parse(bytes);
        bool complete = false;
        for (int length = 0; length <= bytes.Length; length++)
        {
            var head = RequestParser.Parse(bytes.AsSpan(0, length));
            Assert.True(head == default ? !complete : head == whole, $"after {length} of {bytes.Length} bytes: {head}, whole: {whole}");
            complete |= head.IsComplete;
        }
    }

    private static void CheckBounds(RequestHead head, int available)
    {
        Assert.InRange(head.Length, 0, available);
        Assert.InRange(head.TargetStart + head.TargetLength, 0, head.Length);
        Assert.Contains(head.Status, (int[])[0, 200, 400, 414, 431, 501, 505]);
    }

    private static RequestHead Parse(string request) => RequestParser.Parse(Encoding.Latin1.GetBytes(request));
}
