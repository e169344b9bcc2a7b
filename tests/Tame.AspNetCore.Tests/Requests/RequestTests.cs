using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Tame.AspNetCore.Tests.Requests;

/// <summary>Requests of HTTP/1.1 and HTTP/2, in plain text and over TLS, on each transport.</summary>
public sealed class RequestTests
{
    public static TheoryData<Transport, string, bool> Forms
    {
        get
        {
            var forms = new TheoryData<Transport, string, bool>();
            foreach (var transport in Enum.GetValues<Transport>())
            {
                foreach (string version in new[] { "1.1", "2.0" })
                {
                    forms.Add(transport, version, false);
                    forms.Add(transport, version, true);
                }
            }
            return forms;
        }
    }

    [Theory, MemberData(nameof(Forms))]
    public async Task Many_requests_at_once_get_their_own_answers(Transport transport, string version, bool isSecure)
    {
        await using var server = await TestServer.Start(
            transport,
            async context =>
            {
                await Task.Yield();
                await context.Response.WriteAsync($"{context.Request.Protocol} {context.Request.Path} {context.Request.QueryString}", context.RequestAborted);
            },
            Listen(version, isSecure));
        using var client = server.Client(new Version(version));

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(number => client.GetStringAsync($"/a{number}?b={number}"))).Ends();

        string protocol = version == "1.1" ? "HTTP/1.1" : "HTTP/2";
        Assert.Equal(Enumerable.Range(0, 40).Select(number => $"{protocol} /a{number} ?b={number}"), answers);
    }

    [Theory, MemberData(nameof(Forms))]
    public async Task A_large_body_goes_up_and_another_down_without_a_change(Transport transport, string version, bool isSecure)
    {
        int size = version == "1.1" && !isSecure ? 100_000_000 : 12_000_000;
        await using var server = await TestServer.Start(
            transport,
            async context =>
            {
                using var sum = new HashingStream();
                await context.Request.Body.CopyToAsync(sum, context.RequestAborted);
                context.Response.Headers["X-Sum"] = sum.Sum;
                await PatternStream.Of(size).CopyToAsync(context.Response.Body, context.RequestAborted);
            },
            options =>
            {
                options.Limits.MaxRequestBodySize = null;
                Listen(version, isSecure)(options);
            });
        using var client = server.Client(new Version(version));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new StreamContent(PatternStream.Of(size)), Version = new Version(version), VersionPolicy = HttpVersionPolicy.RequestVersionExact };

        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var got = new HashingStream();
        await response.Content.CopyToAsync(got);

        Assert.Equal(PatternStream.SumOf(size), response.Headers.GetValues("X-Sum").Single());
        Assert.Equal(PatternStream.SumOf(size), got.Sum);
    }

    [Theory, CombinatorialTransport]
    public async Task Pipelined_requests_are_answered_in_order(Transport transport)
    {
        await using var server = await TestServer.Start(transport, context => context.Response.WriteAsync($"<{context.Request.Path}>"));
        using var socket = server.Connect();

        socket.Send(string.Concat(Enumerable.Range(0, 200).Select(number => $"GET /{number} HTTP/1.1\r\nHost: a\r\n\r\n")));
        string answers = "";
        while (!answers.Contains("</199>", StringComparison.Ordinal))
            answers += socket.ReceiveUntil("\n");

        var order = System.Text.RegularExpressions.Regex.Matches(answers, "</(\\d+)>").Select(match => match.Groups[1].Value);
        Assert.Equal(Enumerable.Range(0, 200).Select(number => $"{number}"), order);
    }

    [Theory, CombinatorialTransport]
    public async Task A_request_that_comes_byte_by_byte_is_answered(Transport transport)
    {
        await using var server = await TestServer.Start(transport, async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            await context.Response.WriteAsync(await reader.ReadToEndAsync());
        });
        using var socket = server.Connect();

        foreach (char letter in "POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n")
        {
            socket.Send(letter.ToString());
            await Task.Yield();
        }

        Assert.Contains("\r\n5\r\nabcde\r\n0\r\n\r\n", socket.ReceiveAll(), StringComparison.Ordinal);
    }

    [Theory, CombinatorialTransport]
    public async Task A_client_that_expects_100_gets_it_when_the_body_is_read(Transport transport)
    {
        await using var server = await TestServer.Start(transport, async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            await context.Response.WriteAsync(await reader.ReadToEndAsync());
        });
        using var socket = server.Connect();

        socket.Send("POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
        string first = socket.ReceiveUntil("\r\n\r\n");
        socket.Send("hello");

        Assert.Equal("HTTP/1.1 100 Continue\r\n\r\n", first);
        Assert.EndsWith("\r\n5\r\nhello\r\n0\r\n\r\n", socket.ReceiveAll(), StringComparison.Ordinal);
    }

    [Theory, CombinatorialTransport]
    public async Task A_Unix_domain_socket_serves_and_its_file_is_gone_at_the_end(Transport transport)
    {
        string path = Path.Combine(Path.GetTempPath(), $"tame-{Guid.NewGuid():N}.sock");
        string answer;
        await using (await TestServer.Start(transport, context => context.Response.WriteAsync("over a path"), options => options.ListenUnixSocket(path)))
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            socket.Connect(new UnixDomainSocketEndPoint(path));
            socket.Send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            answer = socket.ReceiveAll();
        }

        Assert.Contains("over a path", answer, StringComparison.Ordinal);
        Assert.False(File.Exists(path));
    }

    [Theory, CombinatorialTransport]
    public async Task The_connection_tells_both_addresses_and_an_id(Transport transport)
    {
        await using var server = await TestServer.Start(transport, context =>
        {
            var connection = context.Connection;
            return context.Response.WriteAsync($"{connection.LocalIpAddress} {connection.LocalPort} {connection.RemoteIpAddress} {connection.RemotePort} {connection.Id.Length > 0}");
        });
        using var socket = server.Connect();

        socket.Send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        string answer = socket.ReceiveAll();

        Assert.Contains($"127.0.0.1 {server.EndPoint.Port} 127.0.0.1 {((IPEndPoint)socket.LocalEndPoint!).Port} True", answer, StringComparison.Ordinal);
    }

    [Theory, CombinatorialTransport]
    public async Task A_thousand_connections_are_served_beside_each_other(Transport transport)
    {
        const int Count = 1000;
        await using var server = await TestServer.Start(transport, context => context.Response.WriteAsync("<here>"));
        Descriptors();
        var sockets = Enumerable.Range(0, Count).Select(_ => server.Connect()).ToList();

        for (int turn = 0; turn < 3; turn++)
        {
            foreach (var socket in sockets)
                socket.Send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            foreach (var socket in sockets)
                Assert.Contains("<here>", socket.ReceiveUntil("\r\n0\r\n\r\n"), StringComparison.Ordinal);
        }
        if (server.Loops is { } loops)
            await Eventually.Holds(() => loops.Connections == Count, "Not all connections are counted.");
        sockets.ForEach(socket => socket.Dispose());
        if (server.Loops is { } after)
            await Eventually.Holds(() => after.Connections == 0, () => $"{after.Connections} connections are left.");
        await Eventually.Holds(() => server.Rented == 0, () => $"{server.Rented} blocks are out.");

        static void Descriptors() => Assert.True(IO.Tests.Peers.Descriptors.Raise(4 * Count) >= 3 * Count);
    }

    internal static Action<KestrelServerOptions> Listen(string version, bool isSecure) => options => options.Listen(IPAddress.Loopback, 0, listen =>
    {
        listen.Protocols = version == "1.1" ? HttpProtocols.Http1 : HttpProtocols.Http2;
        if (isSecure)
            listen.UseHttps(TestServer.Certificate);
    });
}
