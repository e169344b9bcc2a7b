extern alias threads;
using System.Net;
using System.Net.Sockets;
using System.Text;
using threads::Tame.ThreadServer;

namespace Tame.Samples.Tests.Compare;

/// <summary>The server with a thread for each connection, by real clients.</summary>
public sealed class ThreadServerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ThreadedServer _server;
    private readonly Thread _thread;
    private readonly HttpClient _client = new();
    private readonly byte[] _large = new byte[3_000_000];

    public ThreadServerTests()
    {
        Directory.CreateDirectory(Path.Join(_folder.Path, "root/in"));
        new Random(1).NextBytes(_large);
        File.WriteAllText(Path.Join(_folder.Path, "root/small"), "hello");
        File.WriteAllText(Path.Join(_folder.Path, "root/in/a b"), "blank");
        File.WriteAllText(Path.Join(_folder.Path, "root/empty"), "");
        File.WriteAllBytes(Path.Join(_folder.Path, "root/large"), _large);
        File.WriteAllText(Path.Join(_folder.Path, "secret"), "secret");
        _server = new ThreadedServer(new IPEndPoint(IPAddress.Loopback, 0), Path.Join(_folder.Path, "root"));
        _thread = new Thread(_server.Run);
        _thread.Start();
    }

    private static CancellationToken End => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _client.Dispose();
        _server.Dispose();
        _thread.Join();
        _folder.Dispose();
    }

    [Fact]
    public async Task Files_are_served_as_they_are()
    {
        Assert.Equal("hello", await _client.GetStringAsync(At("/small"), End));
        Assert.Equal("hello", await _client.GetStringAsync(At("/small?query"), End));
        Assert.Equal("blank", await _client.GetStringAsync(At("/in/a%20b"), End));
        Assert.Equal("", await _client.GetStringAsync(At("/empty"), End));
        Assert.Equal(_large, await _client.GetByteArrayAsync(At("/large"), End));
    }

    [Fact]
    public async Task A_file_that_has_changed_is_seen_within_two_seconds()
    {
        Assert.Equal("hello", await _client.GetStringAsync(At("/small"), End));
        await File.WriteAllTextAsync(Path.Join(_folder.Path, "root/small"), "other words", End);
        await Task.Delay(1100, End);
        Assert.Equal("other words", await _client.GetStringAsync(At("/small"), End));
    }

    [Fact]
    public async Task A_hundred_clients_at_a_time_get_their_own_answers()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => _client.GetByteArrayAsync(At(i % 2 == 0 ? "/large" : "/small"), End)));
        Assert.All(answers.Index(), answer => Assert.Equal(answer.Index % 2 == 0 ? _large : "hello"u8.ToArray(), answer.Item));
    }

    [Theory]
    [InlineData("GET /small HTTP/1.1\r\nHost: a\r\n\r\nGET /none HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", "200 404")]
    [InlineData("HEAD /large HTTP/1.1\r\nHost: a\r\n\r\nHEAD /none HTTP/1.1\r\nHost: a\r\n\r\nGET /small HTTP/1.1\r\nHost: a\r\nconnection: Close\r\n\r\n", "200 404 200")]
    [InlineData("GET /small HTTP/1.0\r\n\r\nGET /small HTTP/1.0\r\n\r\n", "200")]
    [InlineData("GET /small HTTP/1.0\r\nConnection: keep-alive\r\n\r\nGET /small HTTP/1.0\r\n\r\n", "200 200")]
    [InlineData("GET /small HTTP/1.1\r\n\r\nGET /small HTTP/1.1\r\nHost: a\r\n\r\n", "400")]
    [InlineData("GET /small HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "400")]
    [InlineData("GET /small HTTP/1.1\r\nHost : a\r\n\r\n", "400")]
    [InlineData("hello\r\n\r\n", "400")]
    [InlineData("GET small HTTP/1.1\r\nHost: a\r\n\r\n", "400")]
    [InlineData("POST /small HTTP/1.1\r\nHost: a\r\n\r\n", "501")]
    [InlineData("GET /small HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello", "413")]
    [InlineData("GET /../secret HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", "404")]
    [InlineData("GET /in/%2e%2e/%2e%2e/secret HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", "404")]
    [InlineData("GET /in HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", "404")]
    public void Requests_are_answered_in_their_order_until_one_closes(string requests, string statuses)
    {
        Assert.Equal(statuses, string.Join(' ', Statuses(Talk(Encoding.ASCII.GetBytes(requests)))));
    }

    [Fact]
    public void A_head_that_is_too_long_is_refused() =>
        Assert.Equal(["431"], Statuses(Talk(Encoding.ASCII.GetBytes($"GET /small HTTP/1.1\r\nX: {new string('x', 9000)}"))));

    [Fact]
    public void A_request_may_come_byte_by_byte()
    {
        string answer = Talk([.. "GET /small HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"u8], atOnce: false);
        Assert.EndsWith("Content-Length: 5\r\nConnection: close\r\n\r\nhello", answer, StringComparison.Ordinal);
    }

    [Fact]
    public void A_client_that_goes_in_the_middle_hurts_no_other()
    {
        for (int i = 0; i < 20; i++)
        {
            using var rude = new TcpClient();
            rude.Connect(_server.Address);
            rude.Client.Send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n"u8);
            rude.Client.Close(0);
        }
        Assert.Equal(["200"], Statuses(Talk("GET /small HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"u8.ToArray())));
    }

    private Uri At(string path) => new($"http://{_server.Address}{path}");

    private static IEnumerable<string> Statuses(string answers) => answers.Split("HTTP/1.1 ").Skip(1).Select(answer => answer[..3]);

    /// <summary>Sends bytes, and reads until the server closes.</summary>
    private string Talk(byte[] bytes, bool atOnce = true)
    {
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = 20_000 };
        client.Connect(_server.Address);
        foreach (byte[] part in atOnce ? [bytes] : bytes.Select(one => new[] { one }))
            client.Send(part);
        var answer = new MemoryStream();
        byte[] buffer = new byte[64 * 1024];
        try
        {
            while (client.Receive(buffer) is > 0 and var count)
                answer.Write(buffer, 0, count);
        }
        catch (SocketException error) when (error.SocketErrorCode == SocketError.ConnectionReset)
        {
            // A server that closes while a request's rest is unread resets the connection.
        }
        return Encoding.Latin1.GetString(answer.ToArray());
    }
}
