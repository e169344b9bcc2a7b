using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Tame.AspNetCore.Tests.Requests;

/// <summary>Clients that send drop by drop. Kestrel looks at its clock once a second.</summary>
public sealed class SlowClientTests
{
    [Theory, CombinatorialTransport]
    public async Task Headers_that_come_too_slowly_end_the_connection(Transport transport)
    {
        await using var server = await TestServer.Start(transport, context => context.Response.WriteAsync("never"), options =>
        {
            options.Limits.RequestHeadersTimeout = TimeSpan.FromMilliseconds(300);
            options.Listen(IPAddress.Loopback, 0);
        });
        using var socket = server.Connect();

        socket.Send("GET / HTTP/1.1\r\nHost: a\r\n");
        var dripping = Drip(socket, "X: y\r\n");
        string answer = socket.ReceiveAll();
        await dripping;

        Assert.Contains("408 Request Timeout", answer, StringComparison.Ordinal);
    }

    [Theory, CombinatorialTransport]
    public async Task A_body_that_comes_too_slowly_ends_the_request(Transport transport)
    {
        var failure = new TaskCompletionSource<string>();
        await using var server = await TestServer.Start(
            transport,
            async context =>
            {
                try
                {
                    await context.Request.Body.CopyToAsync(Stream.Null);
                    failure.SetResult("none");
                }
                catch (Microsoft.AspNetCore.Http.BadHttpRequestException error)
                {
                    failure.SetResult($"{error.StatusCode}");
                    throw;
                }
            },
            options =>
            {
                options.Limits.MinRequestBodyDataRate = new MinDataRate(10_000, TimeSpan.FromSeconds(1.1));
                options.Listen(IPAddress.Loopback, 0);
            });
        using var socket = server.Connect();

        socket.Send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n");
        var dripping = Drip(socket, "x");
        string answer = socket.ReceiveAll();
        await dripping;

        Assert.Equal("408", await failure.Task.Ends());
        Assert.Contains("408 Request Timeout", answer, StringComparison.Ordinal);
    }

    private static async Task Drip(Socket socket, string drop)
    {
        try
        {
            while (true)
            {
                await Task.Delay(30);
                socket.Send(drop);
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The server has closed the connection.
        }
    }
}
