using System.Globalization;

namespace Tame.Http.Tests.Parsing;

/// <summary>A table of requests, each with the status of its answer and whether the connection is closed behind it. RFC 9110 and 9112 are named where they decide.</summary>
public sealed class CaseTests
{
    private const string Get = "GET / HTTP/1.1\r\nHost: a\r\n";
    private const string Post = "POST / HTTP/1.1\r\nHost: a\r\n";

    /// <summary>A request, its status, and "keep" where the connection goes on.</summary>
    public static readonly TheoryData<string, int, string> Cases = Table();

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_request_has_its_status(string request, int status, string end)
    {
        const string next = "GET /next HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
        var whole = Answers.Of(Servers.Ask(Servers.Memory, Handlers.Echo, null, Servers.Bytes(request + next)), Methods(request));
        Assert.Equal(status, whole[0].Status);
        Assert.Equal(end == "keep", whole.Count == 2);
        Assert.Equal(end != "keep", whole[0].Closes);
        if (end == "keep")
            Assert.Contains("GET /next?", whole[1].Text);

        var pieces = Servers.Ask(Servers.Memory, Handlers.Echo, null, Pieces(Servers.Bytes(request + next)));
        Assert.Equal(whole.Select(answer => (answer.Status, answer.Text)), Answers.Of(pieces, Methods(request)).Select(answer => (answer.Status, answer.Text)));
    }

    [Fact]
    public void The_table_is_large() => Assert.InRange(Cases.Count, 100, 1000);

    /// <summary>A byte at a time, or more of a large request.</summary>
    private static byte[][] Pieces(byte[] bytes) => bytes.Length < 50_000 ? Servers.OneAtATime(bytes) : [.. bytes.Chunk(997)];

    private static string[] Methods(string request) => request.TrimStart('\r', '\n').StartsWith("HEAD ", StringComparison.Ordinal) ? ["HEAD"] : ["GET"];

    private static TheoryData<string, int, string> Table()
    {
        var table = new TheoryData<string, int, string>();
        AddLines(table);
        AddTargets(table);
        AddHosts(table);
        AddFields(table);
        AddLengths(table);
        AddChunks(table);
        AddConnections(table);
        return table;
    }

    private static void AddLines(TheoryData<string, int, string> table)
    {
        const string host = "Host: a\r\n\r\n";
        table.Add($"GET / HTTP/1.1\r\n{host}", 200, "keep");
        table.Add($"\r\nGET / HTTP/1.1\r\n{host}", 200, "keep");        // 9112 2.2
        table.Add($"\r\n\r\nGET / HTTP/1.1\r\n{host}", 400, "close");
        table.Add($"\nGET / HTTP/1.1\r\n{host}", 400, "close");
        table.Add($"\r\rGET / HTTP/1.1\r\n{host}", 400, "close");
        table.Add($" GET / HTTP/1.1\r\n{host}", 400, "close");
        table.Add($"GET  / HTTP/1.1\r\n{host}", 400, "close");
        table.Add($"GET /  HTTP/1.1\r\n{host}", 400, "close");
        table.Add($"GET\t/ HTTP/1.1\r\n{host}", 400, "close");
        table.Add($"GET / HTTP/1.1 \r\n{host}", 400, "close");
        table.Add($"GET / HTTP/1.1\n{host}", 400, "close");             // bare LF
        table.Add($"GET / HTTP/1.1\r{host}", 400, "close");             // bare CR
        table.Add($"GET / HTTP/1.1\r\r\n{host}", 400, "close");
        table.Add("GET /\r\n", 400, "close");                           // HTTP/0.9
        table.Add("GET\r\n\r\n", 400, "close");
        table.Add($"GET / \r\n{host}", 400, "close");
        table.Add($"GET / http/1.1\r\n{host}", 400, "close");           // 9112 2.3: by case
        table.Add($"GET / HTTP/1.10\r\n{host}", 400, "close");
        table.Add($"GET / HTTP/11\r\n{host}", 400, "close");
        table.Add($"GET / HTTP/1.\r\n{host}", 400, "close");
        table.Add($"GET / HTTP/ 1.1\r\n{host}", 400, "close");
        table.Add($"GET / HTTPS/1.1\r\n{host}", 400, "close");
        table.Add($"GET / HTTP/1.2\r\n{host}", 200, "keep");            // 9110 2.5: as the highest that is known
        table.Add($"GET / HTTP/1.9\r\n{host}", 200, "keep");
        table.Add($"GET / HTTP/0.9\r\n{host}", 505, "close");
        table.Add($"GET / HTTP/2.0\r\n{host}", 505, "close");
        table.Add("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505, "close");
        table.Add($"GE(T / HTTP/1.1\r\n{host}", 400, "close");          // no token
        table.Add($"G\x00T / HTTP/1.1\r\n{host}", 400, "close");
        table.Add($"G\xC4T / HTTP/1.1\r\n{host}", 400, "close");
        table.Add($"brew / HTTP/1.1\r\n{host}", 200, "keep");           // the handler's business
        table.Add($"!#$%&'*+-.^_`|~9 / HTTP/1.1\r\n{host}", 200, "keep");
        table.Add($"{new string('M', 33)} / HTTP/1.1\r\n{host}", 400, "close");
        table.Add("\x16\x03\x01\x02\x00\x01\x00", 400, "close");        // TLS
        table.Add($"HEAD / HTTP/1.1\r\n{host}", 200, "keep");
        table.Add("HEAD / HTTP/1.1\r\n\r\n", 400, "close");
        table.Add($"HEAD / HTTP/7.1\r\n{host}", 505, "close");
        table.Add($"HEAD /{new string('a', 9000)} HTTP/1.1\r\n{host}", 414, "close");
    }

    private static void AddTargets(TheoryData<string, int, string> table)
    {
        void Add(string line, int status) => table.Add($"{line} HTTP/1.1\r\nHost: a\r\n\r\n", status, status == 200 ? "keep" : "close");
        Add("GET /a/b?c=d&e", 200);
        Add("GET //a", 200);
        Add("GET /../x", 200);              // what it names is the handler's business
        Add("GET /a?b?c", 200);
        Add("GET a", 400);
        Add("GET ?a", 400);
        Add("GET *", 400);                  // 9112 3.2.4: OPTIONS alone
        Add("OPTIONS *", 200);
        Add("OPTIONS /", 200);
        Add("OPTIONS **", 400);
        Add("GET http://b/x", 200);         // 9112 3.2.2
        Add("GET HTTP://b:80/x?y", 200);
        Add("GET https://b", 200);
        Add("GET http://b?q", 200);
        Add("GET http:///x", 400);          // 9110 4.2.1: no host
        Add("GET http://:80/x", 400);
        Add("GET http://", 400);
        Add("GET http:/b", 400);
        Add("GET ftp://b/x", 400);
        Add("GET http://u@b/x", 400);       // 9110 4.2.4
        Add("GET http://u:p@b/x", 400);
        Add("GET http://b:x/", 400);
        Add("GET b:80", 400);               // 9112 3.2.3: CONNECT alone
        Add("CONNECT b:80", 200);
        Add("CONNECT b", 400);
        Add("CONNECT b:", 400);
        Add("CONNECT /", 400);
        Add("CONNECT http://b/", 400);
        Add("CONNECT [::1]:443", 200);
        Add("GET /\x7F", 400);
        Add("GET /\x01", 400);
        Add("GET /\xE4", 400);
        Add($"GET /{new string('a', 8191)}", 200);
        Add($"GET /{new string('a', 8192)}", 414);
    }

    private static void AddHosts(TheoryData<string, int, string> table)
    {
        void Add(string fields, int status) => table.Add($"GET / HTTP/1.1\r\n{fields}\r\n", status, status == 200 ? "keep" : "close");
        Add("", 400);                       // 9112 3.2
        Add("Host: a\r\nHost: a\r\n", 400);
        Add("Host: a\r\nhost: b\r\n", 400);
        Add("Host:\r\n", 200);
        Add("Host: example.org:8080\r\n", 200);
        Add("Host: example.org:\r\n", 200);
        Add("Host: 127.0.0.1:80\r\n", 200);
        Add("Host: [::1]\r\n", 200);
        Add("Host: [::1]:80\r\n", 200);
        Add("Host: [::ffff:1.2.3.4]\r\n", 200);
        Add("Host: [v7.a:b]\r\n", 200);
        Add("Host: a%20b\r\n", 200);
        Add("Host: a%2\r\n", 400);
        Add("Host: a%zz\r\n", 400);
        Add("Host: a b\r\n", 400);
        Add("Host: a/b\r\n", 400);
        Add("Host: a,b\r\n", 200);          // a comma may be in a name: RFC 3986 3.2.2
        Add("Host: u@a\r\n", 400);
        Add("Host: http://a\r\n", 400);
        Add("Host: a:b\r\n", 400);
        Add("Host: a:80:80\r\n", 400);
        Add("Host: a:-1\r\n", 400);
        Add("Host: a:99999\r\n", 400);
        Add("Host: :80\r\n", 400);
        Add("Host: ::1\r\n", 400);
        Add("Host: [::1\r\n", 400);
        Add("Host: [::1]x\r\n", 400);
        Add("Host: [a]\r\n", 400);
        Add("Host: [1.2.3.4]\r\n", 400);
        Add("Host: [fe80::1%25eth0]\r\n", 400);
        Add("Host: [v.a]\r\n", 400);
        Add("Host: a\xE4\r\n", 400);
        table.Add("GET http://b/ HTTP/1.1\r\n\r\n", 400, "close");              // the field is needed nevertheless
        table.Add("GET http://b/ HTTP/1.1\r\nHost: c d\r\n\r\n", 400, "close");
    }

    private static void AddFields(TheoryData<string, int, string> table)
    {
        void Add(string fields, int status) => table.Add($"{Get}{fields}\r\n", status, status == 200 ? "keep" : "close");
        Add("X: y\r\n", 200);
        Add("X:y\r\n", 200);
        Add("X: \t y \t\r\n", 200);
        Add("X:\r\n", 200);
        Add("X: \xE4\xFF\r\n", 200);        // obs-text
        Add("X: a\tb\r\n", 200);
        Add("X : y\r\n", 400);              // 9112 5.1
        Add("X\t: y\r\n", 400);
        Add(": y\r\n", 400);
        Add("X y\r\n", 400);
        Add("X\r\n", 400);
        Add("X(: y\r\n", 400);
        Add("X\x00: y\r\n", 400);
        Add("X: a\x00\r\n", 400);
        Add("X: a\x01\r\n", 400);
        Add("X: a\x7F\r\n", 400);
        Add("X: a\rb\r\n", 400);            // bare CR
        Add("X: a\nY: b\r\n", 400);         // bare LF
        Add("X: a\r\n b\r\n", 400);         // 9112 5.2: folded
        Add("X: a\r\n\tb\r\n", 400);
        Add(" X: a\r\n", 400);              // 9112 2.2: white space before the first field; here before a later one
        Add("X: a\r\r\n", 400);
        table.Add("GET / HTTP/1.1\r\n Host: a\r\n\r\n", 400, "close");
        table.Add("GET / HTTP/1.1\r\nHost: a\n\n", 400, "close");
        Add(string.Concat(Enumerable.Repeat("X: y\r\n", 99)), 200);
        Add(string.Concat(Enumerable.Repeat("X: y\r\n", 100)), 431);
        Add($"X: {new string('x', 16384 - Get.Length - 7)}\r\n", 200);
        Add($"X: {new string('x', 16384 - Get.Length - 6)}\r\n", 431);
        Add("Expect: 100-continue\r\n", 200);
        Add("Expect: 200-ok\r\n", 417);
        Add("Upgrade: websocket\r\nConnection: upgrade\r\n", 200);              // ignored
    }

    private static void AddLengths(TheoryData<string, int, string> table)
    {
        void Add(string fields, string body, int status) => table.Add($"{Post}{fields}\r\n{body}", status, status == 200 ? "keep" : "close");
        Add("Content-Length: 3\r\n", "abc", 200);
        Add("Content-Length: 0\r\n", "", 200);
        Add("Content-Length: 003\r\n", "abc", 200);
        Add("content-length:3\r\n", "abc", 200);
        Add("Content-Length: 3, 3\r\n", "abc", 400);                            // 9110 8.6: may be refused
        Add("Content-Length: 3\r\nContent-Length: 3\r\n", "abc", 400);
        Add("Content-Length: 3\r\nContent-Length: 4\r\n", "abc", 400);
        Add("Content-Length: +3\r\n", "abc", 400);
        Add("Content-Length: -3\r\n", "abc", 400);
        Add("Content-Length: 0x3\r\n", "abc", 400);
        Add("Content-Length: 3 3\r\n", "abc", 400);
        Add("Content-Length: 3.0\r\n", "abc", 400);
        Add("Content-Length: \r\n", "", 400);
        Add("Content-Length: abc\r\n", "", 400);
        Add("Content-Length : 3\r\n", "abc", 400);
        Add("Content-Length: 1048577\r\n", "", 413);                            // the handler's limit
        Add("Content-Length: 99999999999999999999999999\r\n", "", 413);
        table.Add($"{Get}Content-Length: 3\r\n\r\nabc", 200, "keep");
        table.Add($"{Post}\r\n", 200, "keep");
    }

    private static void AddChunks(TheoryData<string, int, string> table)
    {
        void Framed(string fields, int status) => table.Add($"{Post}{fields}\r\n3\r\nabc\r\n0\r\n\r\n", status, status == 200 ? "keep" : "close");
        Framed("Transfer-Encoding: chunked\r\n", 200);
        Framed("transfer-encoding: CHUNKED\r\n", 200);
        Framed("Transfer-Encoding: , chunked ,\r\n", 200);                      // 9110 5.6.1.2: empty elements
        Framed("Transfer-Encoding: chunked\r\nContent-Length: 13\r\n", 400);    // 9112 6.1
        Framed("Content-Length: 13\r\nTransfer-Encoding: chunked\r\n", 400);
        Framed("Transfer-Encoding: chunked, chunked\r\n", 400);
        Framed("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", 400);
        Framed("Transfer-Encoding: chunked, gzip\r\n", 400);                    // 9112 6.3: chunked is not last
        Framed("Transfer-Encoding: gzip\r\n", 400);
        Framed("Transfer-Encoding: identity\r\n", 400);
        Framed("Transfer-Encoding: xchunked\r\n", 400);
        Framed("Transfer-Encoding: chunkedx\r\n", 400);
        Framed("Transfer-Encoding: chunked;q=1\r\n", 400);
        Framed("Transfer-Encoding: \"chunked\"\r\n", 400);
        Framed("Transfer-Encoding:\r\n", 400);
        Framed("Transfer-Encoding: chunked\x0B\r\n", 400);
        Framed("Transfer-Encoding : chunked\r\n", 400);
        Framed("Transfer-Encoding: gzip, chunked\r\n", 501);                    // 9112 6.1: understood by nobody here
        Framed("Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n", 501);
        table.Add("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n", 400, "close");

        void Add(string body, int status) => table.Add($"{Post}Transfer-Encoding: chunked\r\n\r\n{body}", status, status == 200 ? "keep" : "close");
        Add("0\r\n\r\n", 200);
        Add("000\r\n\r\n", 200);
        Add("A\r\n0123456789\r\n00\r\n\r\n", 200);
        Add("a\r\n0123456789\r\n0\r\n\r\n", 200);
        Add("3;a\r\nabc\r\n0;b=c\r\n\r\n", 200);
        Add("3 ; a = \"x\\\"y;\" ;b\r\nabc\r\n0\r\n\r\n", 200);
        Add("3\r\nabc\r\n0\r\nTrailer: x\r\nY: z\r\n\r\n", 200);
        Add("3\r\nabc\r\n0\r\nContent-Length: 5\r\n\r\n", 200);                 // a trailer means nothing here
        Add("3;\r\nabc\r\n0\r\n\r\n", 400);
        Add("3;a=\r\nabc\r\n0\r\n\r\n", 400);
        Add("3;a=\"b\r\nabc\r\n0\r\n\r\n", 400);
        Add("3;a\x00\r\nabc\r\n0\r\n\r\n", 400);
        Add("3;a\n\r\nabc\r\n0\r\n\r\n", 400);
        Add("3 \r\nabc\r\n0\r\n\r\n", 400);
        Add(" 3\r\nabc\r\n0\r\n\r\n", 400);
        Add("+3\r\nabc\r\n0\r\n\r\n", 400);
        Add("-3\r\nabc\r\n0\r\n\r\n", 400);
        Add("0x3\r\nabc\r\n0\r\n\r\n", 400);
        Add("3_0\r\nabc\r\n0\r\n\r\n", 400);
        Add("\r\nabc\r\n0\r\n\r\n", 400);
        Add("g\r\nabc\r\n0\r\n\r\n", 400);
        Add("3\nabc\n0\n\n", 400);
        Add("3\rabc\r\n0\r\n\r\n", 400);
        Add("3\r\nabcd\r\n0\r\n\r\n", 400);
        Add("3\r\nabc\n0\r\n\r\n", 400);
        Add("3\r\nabc\rx0\r\n\r\n", 400);
        Add("3\r\nabc0\r\n\r\n", 400);
        Add("3\r\nabc\r\n0\r\nbad trailer\r\n\r\n", 400);
        Add("3\r\nabc\r\n0\r\nX : y\r\n\r\n", 400);
        Add("3\r\nabc\r\n0\r\n folded\r\n\r\n", 400);
        Add("3\r\nabc\r\n0\r\nX: y\n\r\n", 400);
        Add($"3;{new string('a', 1100)}\r\nabc\r\n0\r\n\r\n", 400);
        Add("8000000000000000\r\nabc\r\n0\r\n\r\n", 400);
        Add("FFFFFFFFFFFFFFFFF\r\nabc\r\n0\r\n\r\n", 400);
        Add($"3\r\nabc\r\n0\r\nX: {new string('x', 17000)}\r\n\r\n", 431);
        Add($"3\r\nabc\r\n0\r\n{string.Concat(Enumerable.Repeat("X: y\r\n", 101))}\r\n", 431);
        Add(string.Create(CultureInfo.InvariantCulture, $"{1 << 20:x}\r\n{new string('x', 1 << 20)}\r\n1\r\ny\r\n0\r\n\r\n"), 413);
    }

    private static void AddConnections(TheoryData<string, int, string> table)
    {
        table.Add($"{Get}Connection: keep-alive\r\n\r\n", 200, "keep");
        table.Add($"{Get}Connection: close\r\n\r\n", 200, "close");
        table.Add($"{Get}connection: Foo, CLOSE\r\n\r\n", 200, "close");
        table.Add($"{Get}Connection: keep-alive, close\r\n\r\n", 200, "close");
        table.Add($"{Get}Connection: closed\r\n\r\n", 200, "keep");
        table.Add("GET / HTTP/1.0\r\n\r\n", 200, "close");
        table.Add("GET / HTTP/1.0\r\nHost: a\r\nHost: a\r\n\r\n", 400, "close");
        table.Add("GET / HTTP/1.0\r\nHost: a b\r\n\r\n", 400, "close");
        table.Add("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", 200, "keep");
        table.Add("GET / HTTP/1.0\r\nConnection: keep-alive, close\r\n\r\n", 200, "close");
        table.Add("POST / HTTP/1.0\r\nContent-Length: 3\r\nConnection: keep-alive\r\n\r\nabc", 200, "keep");
        table.Add("GET / HTTP/1.0\r\nExpect: 200-ok\r\n\r\n", 200, "close");   // 9110 10.1.1: ignored
    }
}
