using System.Text;

namespace Tame.Samples.Tests.Knot;

/// <summary>Conditions, ranges and codings over the wire: RFC 9110, sections 12.5.3, 13 and 14.</summary>
public abstract class FileServerTests : IDisposable
{
    private const string Old = "Mon, 01 Jan 2001 00:00:00 GMT";
    private const string Future = "Fri, 01 Jan 2100 00:00:00 GMT";
    private readonly Site _site;
    private readonly KnotUnderTest _knot;
    private readonly Client _client;
    private readonly string _tag;
    private readonly string _modified;

    protected FileServerTests(Site site)
    {
        _site = site;
        _knot = new KnotUnderTest(site, o => o with { ListDirectories = true });
        string path = _knot.Root.Write("a.txt", "0123456789");
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddHours(-1));
        _knot.Root.Write("large.bin", [.. Enumerable.Range(0, 40_000).Select(i => (byte)(i / 100))]);
        _client = _knot.Connect();
        var answer = _client.Get("/a.txt");
        _tag = Client.Field(answer.Head, "ETag")!;
        _modified = Client.Field(answer.Head, "Last-Modified")!;
        Assert.Equal("bytes", Client.Field(answer.Head, "Accept-Ranges"));
    }

    public void Dispose()
    {
        _client.Dispose();
        _knot.Dispose();
    }

    [Theory]
    [InlineData("If-None-Match: TAG", 304)]
    [InlineData("If-None-Match: W/TAG", 304)]
    [InlineData("If-None-Match: \"x,y\", TAG", 304)]
    [InlineData("If-None-Match: *", 304)]
    [InlineData("If-None-Match: \"x\"", 200)]
    [InlineData("If-None-Match: \"x\"\r\nIf-None-Match: TAG", 304)]
    [InlineData("If-None-Match: \"x\"\r\nIf-Modified-Since: DATE", 200)]     // 13.1.3: not regarded beside If-None-Match
    [InlineData("If-Modified-Since: DATE", 304)]
    [InlineData("If-Modified-Since: FUTURE", 304)]
    [InlineData("If-Modified-Since: OLD", 200)]
    [InlineData("If-Modified-Since: yesterday", 200)]
    [InlineData("If-Match: TAG", 200)]
    [InlineData("If-Match: *", 200)]
    [InlineData("If-Match: W/TAG", 412)]                                    // 13.1.1: the strong comparison
    [InlineData("If-Match: \"x\"", 412)]
    [InlineData("If-Match: TAG\r\nIf-Unmodified-Since: OLD", 200)]          // 13.1.4
    [InlineData("If-Match: TAG\r\nIf-None-Match: TAG", 304)]
    [InlineData("If-Unmodified-Since: DATE", 200)]
    [InlineData("If-Unmodified-Since: OLD", 412)]
    [InlineData("If-Unmodified-Since: OLD\r\nIf-None-Match: TAG", 412)]
    [InlineData("Range: bytes=2-4", 206)]
    [InlineData("Range: bytes=10-", 416)]
    [InlineData("Range: bytes=4-2", 200)]
    [InlineData("Range: bytes=2-4\r\nIf-Range: TAG", 206)]
    [InlineData("Range: bytes=2-4\r\nIf-Range: W/TAG", 200)]
    [InlineData("Range: bytes=2-4\r\nIf-Range: \"x\"", 200)]
    [InlineData("Range: bytes=2-4\r\nIf-Range: DATE", 206)]
    [InlineData("Range: bytes=2-4\r\nIf-Range: FUTURE", 200)]
    [InlineData("Range: bytes=2-4\r\nIf-None-Match: TAG", 304)]
    [InlineData("Range: bytes=20-\r\nIf-Match: \"x\"", 412)]
    public void Conditions_decide_in_their_order(string fields, int status)
    {
        var answer = Ask("GET", "/a.txt", Fill(fields), status == 304);
        Assert.Equal(status, answer.Status);
        if (status is 200 or 206 or 304)
            Assert.Equal(_tag, Client.Field(answer.Head, "ETag"));
        if (status is 200 or 206)
            Assert.Equal(status == 200 ? "0123456789" : "234", answer.Text);
        Assert.Equal(status == 206 ? "bytes 2-4/10" : status == 416 ? "bytes */10" : null, Client.Field(answer.Head, "Content-Range"));

        var head = Ask("HEAD", "/a.txt", Fill(fields), withoutBody: true);
        Assert.Equal(status is 206 or 416 ? 200 : status, head.Status);     // 14.2: a range is for GET alone
        Assert.Equal("0123456789", _client.Get("/a.txt").Text);
    }

    [Fact]
    public void Conditions_do_not_turn_an_error_into_another() => Assert.Equal(404, _client.Get("/none", $"If-Match: \"x\"\r\nIf-None-Match: *\r\nRange: bytes=0-1\r\n").Status);

    [Theory]
    [InlineData("/a.txt", 10, 1, 2, 5, 8)]
    [InlineData("/large.bin", 40_000, 0, 9_999, 39_990, 39_999)]
    public void Several_ranges_come_as_parts(string target, int length, int first, int second, int third, int fourth)
    {
        byte[] whole = _client.Get(target).Body;
        Assert.Equal(length, whole.Length);
        var answer = _client.Get(target, $"Range: bytes={first}-{second}, {third}-{fourth}\r\n");
        Assert.Equal(206, answer.Status);
        string type = Client.Field(answer.Head, "Content-Type")!;
        Assert.StartsWith("multipart/byteranges; boundary=", type);
        string boundary = type["multipart/byteranges; boundary=".Length..];
        string[] parts = Encoding.Latin1.GetString(answer.Body).Split($"\r\n--{boundary}");
        Assert.Equal(["", "--\r\n"], [parts[0], parts[^1]]);
        Assert.Equal([Part(whole, first, second), Part(whole, third, fourth)], parts[1..^1].Select(part => part.Split("\r\n\r\n", 2)[1]));
        Assert.Equal([$"bytes {first}-{second}/{length}", $"bytes {third}-{fourth}/{length}"], parts[1..^1].Select(part => Client.Field(part, "Content-Range")));
    }

    [Fact]
    public void A_range_of_a_large_file_is_sent_from_the_disk()
    {
        var answer = _client.Get("/large.bin", "Range: bytes=39900-\r\n");
        Assert.Equal((206, "bytes 39900-39999/40000"), (answer.Status, Client.Field(answer.Head, "Content-Range")));
        Assert.Equal(Enumerable.Repeat((byte)(399 % 256), 100), answer.Body);
    }

    [Fact]
    public void A_compressed_sibling_is_sent_to_those_who_accept_it()
    {
        _knot.Root.Write("page.html", "plain");
        _knot.Root.Write("page.html.br", "brotli");
        _knot.Root.Write("page.html.gz", new byte[20_000]);
        Check("", "plain", null);
        Check("Accept-Encoding: br\r\n", "brotli", "br");
        Check("Accept-Encoding: gzip;q=0.1\r\n", new string('\0', 20_000), "gzip");
        Check("Accept-Encoding: deflate\r\n", "plain", null);
        var refused = _client.Get("/page.html", "Accept-Encoding: identity;q=0\r\n");
        Assert.Equal(406, refused.Status);
        Assert.Equal("brotli", _client.Get("/page.html.br").Text);

        void Check(string fields, string text, string? coding)
        {
            var answer = _client.Get("/page.html", fields);
            Assert.Equal((text, coding, "Accept-Encoding"), (answer.Text, Client.Field(answer.Head, "Content-Encoding"), Client.Field(answer.Head, "Vary")));
            Assert.Equal("text/html; charset=utf-8", Client.Field(answer.Head, "Content-Type"));
            string tag = Client.Field(answer.Head, "ETag")!;
            var again = Ask("GET", "/page.html", fields + $"If-None-Match: {tag}\r\n", withoutBody: true);
            Assert.Equal((304, tag, "Accept-Encoding"), (again.Status, Client.Field(again.Head, "ETag"), Client.Field(again.Head, "Vary")));
        }
    }

    [Fact]
    public void A_large_file_that_changes_is_served_as_it_is_now()
    {
        byte[] first = _client.Get("/large.bin").Body;
        _knot.Root.Write("large.bin", [.. first, 1]);
        var answer = _client.Get("/large.bin");
        Assert.Equal(40_001, answer.Body.Length);
        _knot.Root.Write("large.bin", "small");
        Assert.Equal("small", _client.Get("/large.bin").Text);
        File.Delete(Path.Join(_knot.Root.Path, "large.bin"));
        Assert.Equal(404, _client.Get("/large.bin").Status);
    }

    [Fact]
    public void A_large_file_is_compared_each_time_that_it_is_opened()
    {
        using var knot = new KnotUnderTest(_site, o => o with { RecheckAfter = TimeSpan.FromHours(1) });
        string path = knot.Root.Write("large.bin", new byte[40_000]);
        using var client = knot.Connect();
        Assert.Equal(40_000, client.Get("/large.bin").Body.Length);
        File.WriteAllBytes(path, new byte[40_001]);
        Assert.Equal(40_001, client.Get("/large.bin").Body.Length);
        File.Delete(path);
        Assert.Equal(404, client.Get("/large.bin").Status);
    }

    [Fact]
    public void A_directory_without_an_index_is_listed_where_that_is_asked_for()
    {
        _knot.Root.Write("sub/<b> &.txt", "x");
        _knot.Root.Write("sub/.hidden", "x");
        _knot.Root.Write("sub/deeper/x", "x");
        File.CreateSymbolicLink(Path.Join(_knot.Root.Path, "sub", "out"), _knot.Root.Outside);
        var answer = _client.Get("/sub/");
        Assert.Equal(200, answer.Status);
        Assert.Contains("<a href=\"./%3Cb%3E%20%26.txt\">&lt;b&gt; &amp;.txt</a>", answer.Text);
        Assert.Contains("<a href=\"./deeper/\">deeper/</a>", answer.Text);
        Assert.DoesNotContain("hidden", answer.Text);
        Assert.DoesNotContain("out", answer.Text);
        Assert.Equal("x", _client.Get("/sub/%3Cb%3E%20%26.txt").Text);
        Assert.Equal("/sub/?a=b", Client.Field(_client.Get("/sub?a=b").Head, "Location"));
        using var plain = new KnotUnderTest(_site);
        Directory.CreateDirectory(Path.Join(plain.Root.Path, "sub"));
        using var client = plain.Connect();
        Assert.Equal(404, client.Get("/sub/").Status);
    }

    [Theory]
    [InlineData("HEAD / HTTP/1.1\r\n\r\n", 400)]
    [InlineData("HEAD / HTTP/5.0\r\nHost: a\r\n\r\n", 505)]
    [InlineData("HEAD x HTTP/1.1\r\nHost: a\r\n\r\n", 400)]
    public void A_refused_Head_has_no_body(string request, int status)
    {
        using var client = _knot.Connect();
        Assert.Equal(status, client.Send(request).Read(withoutBody: true).Status);
        client.ShutdownSend();
        Assert.True(client.IsAtEnd());
    }

    private Answer Ask(string method, string target, string fields, bool withoutBody) =>
        _client.Send($"{method} {target} HTTP/1.1\r\nHost: localhost\r\n{fields}\r\n").Read(withoutBody);

    private string Fill(string fields) => fields.Replace("TAG", _tag, StringComparison.Ordinal).Replace("DATE", _modified, StringComparison.Ordinal)
        .Replace("OLD", Old, StringComparison.Ordinal).Replace("FUTURE", Future, StringComparison.Ordinal) + "\r\n";

    private static string Part(byte[] whole, int first, int last) => Encoding.Latin1.GetString(whole[first..(last + 1)]);
}

public sealed class KnotFileServerTests() : FileServerTests(Site.Knot);

public sealed class HaboobFileServerTests() : FileServerTests(Site.Haboob);
