using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace Tame.AspNetCore.Tests.Requests;

/// <summary>Servers that stop.</summary>
public sealed class StopTests
{
    [Theory, CombinatorialTransport]
    public async Task A_request_under_way_ends_before_the_server_has_stopped(Transport transport)
    {
        var begun = new TaskCompletionSource();
        var mayEnd = new TaskCompletionSource();
        await using var server = await TestServer.Start(transport, async context =>
        {
            begun.SetResult();
            await mayEnd.Task;
            await context.Response.WriteAsync("whole");
        });
        using var client = server.Client();

        var answer = client.GetStringAsync("/");
        await begun.Task.Ends();
        var stopping = server.Stop();
        await RefusesConnections(server.EndPoint);
        Assert.False(stopping.IsCompleted);
        mayEnd.SetResult();

        Assert.Equal("whole", await answer.Ends());
        await stopping.Ends();
    }

    [Theory, CombinatorialTransport]
    public async Task A_request_that_does_not_end_is_aborted_when_the_time_is_over(Transport transport)
    {
        var begun = new TaskCompletionSource();
        var aborted = new TaskCompletionSource<bool>();
        await using var server = await TestServer.Start(transport, async context =>
        {
            begun.SetResult();
            try
            {
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
            }
            catch (OperationCanceledException)
            {
                aborted.SetResult(true);
            }
        });
        using var client = server.Client();

        var answer = client.GetStringAsync("/");
        await begun.Task.Ends();
        using var time = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await server.Stop(time.Token).Ends();

        Assert.True(await aborted.Task.Ends());
        await Assert.ThrowsAsync<HttpRequestException>(() => answer.Ends());
    }

    [Theory, CombinatorialTransport]
    public async Task Idle_connections_are_closed_when_the_server_stops(Transport transport)
    {
        await using var server = await TestServer.Start(transport, context => context.Response.WriteAsync("well"));
        using var socket = server.Connect();
        socket.Send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        socket.ReceiveUntil("\r\n0\r\n\r\n");

        await server.Stop().Ends();

        Assert.Equal("", socket.ReceiveAll());
    }

    [Theory, CombinatorialTransport]
    public async Task Stopping_in_the_middle_of_much_traffic_leaves_nothing(Transport transport)
    {
        await using var server = await TestServer.Start(transport, async context =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
            await PatternStream.Of(300_000).CopyToAsync(context.Response.Body, context.RequestAborted);
        });
        using var client = server.Client();
        var clients = Enumerable.Range(0, 30).Select(_ => Ask(client)).ToList();
        await Task.Delay(150);

        using var time = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await server.Stop(time.Token).Ends();
        await Task.WhenAll(clients).Ends();

        Assert.Equal(0, server.Loops?.Connections ?? 0);
        Assert.Equal(0, server.Rented);
    }

    private static async Task Ask(HttpClient client)
    {
        try
        {
            while (true)
            {
                using var response = await client.PostAsync("/", new StreamContent(PatternStream.Of(300_000)));
                await response.Content.CopyToAsync(Stream.Null);
            }
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            // The server has stopped.
        }
    }

    private static Task RefusesConnections(IPEndPoint endPoint) => Eventually.Holds(
        () =>
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Connect(endPoint);
                return false;
            }
            catch (SocketException error)
            {
                return error.SocketErrorCode == SocketError.ConnectionRefused;
            }
        },
        "The server still takes connections.");
}
