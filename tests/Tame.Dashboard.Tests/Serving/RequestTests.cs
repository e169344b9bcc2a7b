using System.Net;
using System.Text.RegularExpressions;
using CsCheck;
using Tame.Dashboards.Figures;
using Tame.Dashboards.Serving;

namespace Tame.Dashboards.Tests.Serving;

public sealed partial class RequestTests
{
    private readonly MadeUpFigures _figures = new();

    [Fact]
    public void The_page_comes_with_all_that_it_names_from_its_own_server()
    {
        string page = Pages.Ask(_figures, Pages.Get("/"), new DashboardOptions { Output = null, Title = "<b>My & shop</b>" });
        Assert.StartsWith("HTTP/1.1 200 OK\r\n", page, StringComparison.Ordinal);
        Assert.Contains("<h1>&lt;b&gt;My &amp; shop&lt;/b&gt;</h1>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("://", page.Split("\r\n\r\n")[1], StringComparison.Ordinal);
        var named = References().Matches(page).Select(match => match.Groups[1].Value).Append("curves.js").Append("graph.js").Distinct().ToList();
        Assert.Equal(["icon.svg", "dashboard.css", "dashboard.js", "curves.js", "graph.js"], named);
        Assert.All(named, name => Assert.StartsWith("HTTP/1.1 200 OK\r\n", Pages.Ask(_figures, Pages.Get($"/{name}")), StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_that_is_embedded_asks_another_server()
    {
        foreach (string name in typeof(Dashboard).Assembly.GetManifestResourceNames())
        {
            using var reader = new StreamReader(typeof(Dashboard).Assembly.GetManifestResourceStream(name)!);
            Assert.DoesNotContain("://", reader.ReadToEnd().Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("GET", "/nothing", 404)]
    [InlineData("GET", "//", 404)]
    [InlineData("GET", "/../dashboard.css", 404)]
    [InlineData("GET", "/%2e%2e/index.html", 404)]
    [InlineData("POST", "/", 405)]
    [InlineData("DELETE", "/dashboard.css", 405)]
    [InlineData("GET", "/profile?to=on", 405)]
    [InlineData("POST", "/live", 405)]
    [InlineData("POST", "/panel?node=1", 405)]
    [InlineData("GET", "/panel", 404)]
    [InlineData("GET", "/panel?view=a&node=1", 404)]
    [InlineData("GET", "/panel?view=%00&node=99999999999999999999", 404)]
    [InlineData("GET", "/live", 503)]
    [InlineData("GET", "/live?view=", 503)]
    [InlineData("HEAD", "/", 200)]
    public void Requests_get_the_status_that_they_deserve(string method, string target, int status) =>
        Assert.StartsWith($"HTTP/1.1 {status} ", Pages.Ask(_figures, Pages.Get(target).Replace("GET", method, StringComparison.Ordinal)), StringComparison.Ordinal);

    [Fact]
    public void Every_answer_forbids_scripts_of_others_and_frames()
    {
        foreach (string target in (string[])["/", "/dashboard.js", "/nothing", "/panel"])
        {
            string answer = Pages.Ask(_figures, Pages.Get(target));
            Assert.Contains("\r\nContent-Security-Policy: default-src 'none'; script-src 'self';", answer, StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'\r\n", answer, StringComparison.Ordinal);
            Assert.Contains("\r\nCache-Control: no-store\r\n", answer, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Only_the_token_switches_counting()
    {
        const string Request = "POST /profile?to=on HTTP/1.0\r\nHost: localhost\r\nContent-Length: 0\r\n";
        Assert.StartsWith("HTTP/1.1 403 ", Pages.Ask(_figures, $"{Request}\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 403 ", Pages.Ask(_figures, server => $"{Request}X-Tame-Token: {server.Token[..^1]}\r\n\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 403 ", Pages.Ask(_figures, server => $"{Request.Replace("=on", $"=on&token={server.Token}", StringComparison.Ordinal)}\r\n"), StringComparison.Ordinal);
        Assert.Equal(ProfileMode.Sampled, _figures.Profile);
        Assert.StartsWith("HTTP/1.1 200 ", Pages.Ask(_figures, server => $"{Request}X-Tame-Token: {server.Token}\r\n\r\n"), StringComparison.Ordinal);
        Assert.Equal(ProfileMode.On, _figures.Profile);
        Assert.StartsWith("HTTP/1.1 400 ", Pages.Ask(_figures, server => $"{Request.Replace("=on", "=of", StringComparison.Ordinal)}X-Tame-Token: {server.Token}\r\n\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public void Each_dashboard_has_a_token_of_its_own_and_prints_it()
    {
        var output = new StringWriter();
        string token = "";
        Pages.Run(_figures, (server, done) => { token = server.Token; done.Trigger(); }, new DashboardOptions { Output = output });
        Assert.Matches($"^dashboard: http://127\\.0\\.0\\.1:[0-9]+/#token={token}\n$", output.ToString());
        Assert.Matches("^[0-9a-f]{32}$", token);
        Pages.Run(_figures, (server, done) => { Assert.NotEqual(token, server.Token); done.Trigger(); });
    }

    [Theory]
    [InlineData("127.0.0.1:5001", true)]
    [InlineData("[::1]:5001", true)]
    [InlineData("[::1]", true)]
    [InlineData("localhost", true)]
    [InlineData("LocalHost:1", true)]
    [InlineData("box.example:80", true)]
    [InlineData("evil.example", false)]
    [InlineData("localhost.evil.example:5001", false)]
    [InlineData("127.0.0.1.evil.example", false)]
    [InlineData(null, false)]
    public void A_name_that_a_stranger_may_own_is_refused(string? host, bool isWelcome)
    {
        var access = new Access(new DashboardOptions { HostNames = ["box.example"] });
        Assert.Equal(isWelcome, access.Refuse(new DashboardRequest("GET", "/") { Host = host, Remote = IPAddress.Loopback }) is null);
    }

    [Theory]
    [InlineData("127.0.0.1", "10.0.0.7", false)]
    [InlineData("127.0.0.1", "::ffff:10.0.0.7", false)]
    [InlineData("127.0.0.1", "::ffff:127.0.0.1", true)]
    [InlineData("::1", "::1", true)]
    [InlineData("0.0.0.0", "10.0.0.7", true)]
    public void Another_machine_may_ask_only_where_the_options_say_so(string listens, string remote, bool isWelcome) => Assert.Equal(
        isWelcome, new Access(new DashboardOptions { Host = IPAddress.Parse(listens) }).Refuse(new DashboardRequest("GET", "/") { Host = "127.0.0.1", Remote = IPAddress.Parse(remote) }) is null);

    [Theory]
    [InlineData("/", "cross-site", 200)]
    [InlineData("/panel", "cross-site", 403)]
    [InlineData("/live?view=a", "same-site", 403)]
    [InlineData("/dashboard.css", "same-origin", 200)]
    public void Another_site_may_link_to_the_page_and_read_nothing(string target, string site, int status) =>
        Assert.StartsWith($"HTTP/1.1 {status} ", Pages.Ask(_figures, Pages.Get(target, $"Sec-Fetch-Site: {site}\r\n")), StringComparison.Ordinal);

    [Fact]
    public void Any_query_is_read_without_a_failure() => Gen.String.Sample(query =>
    {
        _ = QueryText.Get(query, "open");
        Assert.All(QueryText.Numbers($"{query}&open=1,x,-2,{query},3", "open", 10), number => Assert.True(number >= 0));
    });

    [Fact]
    public void A_dashboard_is_started_on_the_thread_of_its_loop()
    {
        using var loop = new EventLoop();
        Exception? error = null;
        var thread = new Thread(() => error = Record.Exception(() => Dashboard.Start(loop, 0)));
        thread.Start();
        thread.Join();
        Assert.IsType<InvalidOperationException>(error);
        Assert.Throws<ArgumentOutOfRangeException>(() => Dashboard.Start(loop, 65536));
        Assert.Throws<ArgumentNullException>(() => Dashboard.Start(null!, 0));
    }

    [GeneratedRegex("(?:src|href)=\"([^\"]*)\"")]
    private static partial Regex References();
}
