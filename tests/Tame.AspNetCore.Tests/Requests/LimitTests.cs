using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Tame.AspNetCore.Tests.Requests;

/// <summary>Kestrel's limits.</summary>
public sealed class LimitTests
{
    [Theory, CombinatorialTransport]
    public async Task A_connection_that_is_idle_too_long_is_closed(Transport transport)
    {
        await using var server = await TestServer.Start(transport, context => context.Response.WriteAsync("well"), options =>
        {
            options.Limits.KeepAliveTimeout = TimeSpan.FromMilliseconds(200);
            options.Listen(IPAddress.Loopback, 0);
        });
        using var socket = server.Connect();

        socket.Send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        string answer = socket.ReceiveAll();

        Assert.EndsWith("well\r\n0\r\n\r\n", answer, StringComparison.Ordinal);
    }

    [Theory, CombinatorialTransport]
    public async Task A_client_that_reads_too_slowly_is_dropped(Transport transport)
    {
        var aborted = new TaskCompletionSource<bool>();
        await using var server = await TestServer.Start(
            transport,
            async context =>
            {
                byte[] block = new byte[100_000];
                while (!context.RequestAborted.IsCancellationRequested)
                    await context.Response.Body.WriteAsync(block);
                aborted.SetResult(true);
            },
            options =>
            {
                options.Limits.MinResponseDataRate = new MinDataRate(10_000_000_000, TimeSpan.FromSeconds(1.1));
                options.Listen(IPAddress.Loopback, 0);
            });
        using var socket = server.Connect();

        socket.Send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");

        Assert.True(await aborted.Task.Ends());
    }

    [Theory, CombinatorialTransport]
    public async Task Connections_above_the_limit_are_closed_and_the_others_are_served(Transport transport)
    {
        await using var server = await TestServer.Start(transport, context => context.Response.WriteAsync("well"), options =>
        {
            options.Limits.MaxConcurrentConnections = 2;
            options.Listen(IPAddress.Loopback, 0);
        });
        using var first = server.Connect();
        using var second = server.Connect();
        foreach (var socket in new[] { first, second })
        {
            socket.Send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            socket.ReceiveUntil("\r\n0\r\n\r\n");
        }

        using var third = server.Connect();
        string answer = third.ReceiveAll();
        first.Send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

        Assert.Equal("", answer.Replace("reset", "", StringComparison.Ordinal));
        Assert.Contains("well", first.ReceiveAll(), StringComparison.Ordinal);
    }

    [Theory, CombinatorialTransport]
    public async Task A_body_above_the_limit_is_refused(Transport transport)
    {
        await using var server = await TestServer.Start(transport, context => context.Request.Body.CopyToAsync(Stream.Null), options =>
        {
            options.Limits.MaxRequestBodySize = 10;
            options.Listen(IPAddress.Loopback, 0);
        });
        using var client = server.Client();

        using var response = await client.PostAsync("/", new StringContent("more than ten bytes"));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }
}
