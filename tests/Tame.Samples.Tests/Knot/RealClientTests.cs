using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Knot;

namespace Tame.Samples.Tests.Knot;

/// <summary>HttpClient and curl against Knot as a process or in this one.</summary>
public abstract class RealClientTests(Site site)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task HttpClient_gets_files_ranges_and_304s()
    {
        using var knot = new KnotUnderTest(site);
        byte[] bytes = RandomNumberGenerator.GetBytes(100_000);
        knot.Root.Write("a.bin", bytes);
        using var client = new HttpClient { BaseAddress = knot.Server.Address };
        using var whole = await client.GetAsync("/a.bin", Token);
        Assert.Equal(bytes, await whole.Content.ReadAsByteArrayAsync(Token));

        using var part = new HttpRequestMessage(HttpMethod.Get, "/a.bin") { Headers = { Range = new RangeHeaderValue(1000, 1999), IfRange = new RangeConditionHeaderValue(whole.Headers.ETag!) } };
        using var partly = await client.SendAsync(part, Token);
        Assert.Equal((HttpStatusCode.PartialContent, 1000L, 100_000L), (partly.StatusCode, partly.Content.Headers.ContentRange!.From, partly.Content.Headers.ContentRange.Length));
        Assert.Equal(bytes[1000..2000], await partly.Content.ReadAsByteArrayAsync(Token));

        using var again = new HttpRequestMessage(HttpMethod.Get, "/a.bin") { Headers = { IfModifiedSince = whole.Content.Headers.LastModified } };
        using var same = await client.SendAsync(again, Token);
        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
    }

    [Fact]
    public async Task A_certificate_makes_it_https()
    {
        using var root = new TemporaryRoot();
        root.Write("a.txt", "secret");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        string file = Path.Join(root.Outside, "cert.pem"), keyFile = Path.Join(root.Outside, "key.pem");
        await File.WriteAllTextAsync(file, certificate.ExportCertificatePem(), Token);
        await File.WriteAllTextAsync(keyFile, key.ExportPkcs8PrivateKeyPem(), Token);
        using var process = Command.Start(KnotUnderTest.ProgramOf(site), "--port", "0", "--root", root.Path, "--cert", file, "--key", keyFile);
        var address = new Uri(process.StandardOutput.ReadLine()!);
        Assert.Equal("https", address.Scheme);
        using var handler = new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, theirs, _, _) => theirs?.Thumbprint == certificate.Thumbprint };
        using var client = new HttpClient(handler);
        Assert.Equal("secret", await client.GetStringAsync(new Uri(address, "/a.txt"), Token));
        process.Kill();
    }

    [Fact]
    public void Curl_resumes_a_download_and_asks_only_for_what_is_newer()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/curl"), "curl is not there.");
        using var knot = new KnotUnderTest(site);
        knot.Root.Write("a.txt", "0123456789");
        string copy = Path.Join(knot.Root.Outside, "copy");
        File.WriteAllText(copy, "0123");
        Assert.Equal("206", Curl("-o", copy, "-C", "-", $"{knot.Server.Address}a.txt"));
        Assert.Equal("0123456789", File.ReadAllText(copy));
        string tag = Path.Join(knot.Root.Outside, "tag");
        Assert.Equal("200", Curl("-o", copy, "--etag-save", tag, $"{knot.Server.Address}a.txt"));
        Assert.Equal("304", Curl("-o", copy, "--etag-compare", tag, $"{knot.Server.Address}a.txt"));
        Assert.Equal("304", Curl("-o", copy, "-z", copy, $"{knot.Server.Address}a.txt"));
        Assert.Equal("405", Curl("-o", copy, "-d", "data", $"{knot.Server.Address}a.txt"));
        Assert.Equal("200", Curl("-o", "/dev/null", "-I", $"{knot.Server.Address}a.txt"));
    }

    [Theory]
    [InlineData("common")]
    [InlineData("json")]
    public void Each_request_is_a_line_of_the_log(string format)
    {
        using var knot = new KnotUnderTest(site, o => o with { Log = Enum.Parse<LogFormat>(format, ignoreCase: true), StatsInterval = TimeSpan.FromMilliseconds(100) });
        knot.Root.Write("a.txt", "hello");
        using var client = knot.Connect();
        client.Get("/a.txt?\"q\"", "User-Agent: test \"1\"\r\n");
        client.Send("nonsense\r\n\r\n").Read();
        KnotUnderTest.Eventually(() => knot.Output.Split('\n').Length == 3, "two lines are printed");
        string[] lines = knot.Output.Split('\n');
        if (format == "common")
        {
            Assert.Matches(@"^127\.0\.0\.1 - - \[\d\d/\w\w\w/\d{4}:\d\d:\d\d:\d\d \+0000\] ""GET /a\.txt\?\\""q\\"" HTTP/1\.1"" 200 5$", lines[0]);
            Assert.EndsWith("\"-\" 400 " + lines[1].Split(' ')[^1], lines[1]);
        }
        else
        {
            var first = JsonDocument.Parse(lines[0]).RootElement;
            Assert.Equal(("GET", "/a.txt?\"q\"", 200, 5, "test \"1\""), (first.GetProperty("method").GetString(), first.GetProperty("target").GetString(), first.GetProperty("status").GetInt32(), first.GetProperty("bytes").GetInt32(), first.GetProperty("user-agent").GetString()));
            Assert.Equal(400, JsonDocument.Parse(lines[1]).RootElement.GetProperty("status").GetInt32());
        }
    }

    private static string Curl(params string[] args)
    {
        using var curl = Process.Start(new ProcessStartInfo("/usr/bin/curl", ["-s", "-w", "%{http_code}", .. args]) { RedirectStandardOutput = true })!;
        string status = curl.StandardOutput.ReadToEnd();
        Assert.True(curl.WaitForExit(20_000), "curl did not end.");
        return status;
    }
}

public sealed class KnotRealClientTests() : RealClientTests(Site.Knot);

public sealed class HaboobRealClientTests() : RealClientTests(Site.Haboob);
