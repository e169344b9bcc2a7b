using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;

namespace Tame.AspNetCore.Tests.Requests;

/// <summary>Clients and servers that leave in the middle.</summary>
public sealed class ResetTests
{
    [Theory, CombinatorialTransport]
    public async Task A_handler_that_does_not_read_learns_that_its_client_has_reset(Transport transport)
    {
        var aborted = new TaskCompletionSource<string>();
        await using var server = await TestServer.Start(transport, context => UntilAborted(context, aborted));
        using var socket = server.Connect();

        socket.Send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
        Assert.Contains("begun", socket.ReceiveUntil("begun\r\n"), StringComparison.Ordinal);
        socket.Reset();

        Assert.Equal("aborted", await aborted.Task.Ends());
    }

    [Theory, CombinatorialTransport]
    public async Task A_handler_that_does_not_read_learns_that_its_client_has_closed(Transport transport)
    {
        var aborted = new TaskCompletionSource<string>();
        await using var server = await TestServer.Start(transport, context => UntilAborted(context, aborted));
        using var socket = server.Connect();

        socket.Send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
        Assert.Contains("begun", socket.ReceiveUntil("begun\r\n"), StringComparison.Ordinal);
        socket.Close();

        Assert.Equal("aborted", await aborted.Task.Ends());
    }

    [Theory, CombinatorialTransport]
    public async Task A_client_that_has_ended_its_side_is_taken_to_have_left(Transport transport)
    {
        var aborted = new TaskCompletionSource<string>();
        await using var server = await TestServer.Start(transport, context => UntilAborted(context, aborted));
        using var socket = server.Connect();

        socket.Send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
        Assert.Contains("begun", socket.ReceiveUntil("begun\r\n"), StringComparison.Ordinal);
        socket.Shutdown(SocketShutdown.Send);

        Assert.Equal("aborted", await aborted.Task.Ends());
    }

    [Theory, CombinatorialTransport]
    public async Task A_client_that_ends_in_the_middle_of_a_body_fails_its_read(Transport transport)
    {
        var failure = new TaskCompletionSource<string>();
        await using var server = await TestServer.Start(transport, context => Reads(context, failure));
        using var socket = server.Connect();

        socket.Send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nabc");
        socket.Shutdown(SocketShutdown.Send);

        Assert.Equal("BadHttpRequestException", await failure.Task.Ends());
    }

    [Theory, CombinatorialTransport]
    public async Task A_client_that_resets_in_the_middle_of_a_body_fails_its_read(Transport transport)
    {
        var failure = new TaskCompletionSource<string>();
        await using var server = await TestServer.Start(transport, context => Reads(context, failure));
        using var socket = server.Connect();

        socket.Send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nabc");
        await Task.Delay(50);
        socket.Reset();

        Assert.Equal("ConnectionResetException", await failure.Task.Ends());
    }

    [Theory, CombinatorialTransport]
    public async Task A_server_that_aborts_in_the_middle_of_an_answer_resets_the_connection(Transport transport)
    {
        await using var server = await TestServer.Start(transport, async context =>
        {
            context.Response.ContentLength = 100;
            await context.Response.WriteAsync("begun", CancellationToken.None);
            context.Abort();
        });
        using var socket = server.Connect();

        socket.Send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        string answer = socket.ReceiveAll();

        Assert.EndsWith("reset", answer, StringComparison.Ordinal);
    }

    [Theory, CombinatorialTransport]
    public async Task Writing_to_a_client_that_has_left_ends(Transport transport)
    {
        var ended = new TaskCompletionSource<bool>();
        await using var server = await TestServer.Start(transport, async context =>
        {
            byte[] block = new byte[32 * 1024];
            while (!context.RequestAborted.IsCancellationRequested)
                await context.Response.Body.WriteAsync(block, CancellationToken.None);
            ended.SetResult(context.RequestAborted.IsCancellationRequested);
        });
        using var socket = server.Connect();

        socket.Send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        socket.ReceiveUntil("\0");
        socket.Reset();

        Assert.True(await ended.Task.Ends());
    }

    [Theory, CombinatorialTransport]
    public async Task Resets_at_every_moment_hurt_no_other_client(Transport transport)
    {
        await using var server = await TestServer.Start(transport, async context =>
        {
            if (context.Request.Path == "/echo")
                await context.Request.Body.CopyToAsync(context.Response.Body, context.RequestAborted);
            else
                await context.Response.WriteAsync(new string('x', 100_000), context.RequestAborted);
        });
        using var other = server.Client();
        var random = new Random(18);
        string request = "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 200000\r\n\r\n" + new string('y', 200_000);

        for (int turn = 0; turn < 150; turn++)
        {
            using var socket = server.Connect();
            string sent = turn % 2 == 0 ? request[..random.Next(turn % 4 == 0 ? 80 : request.Length)] : "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
            try
            {
                socket.SendTimeout = 200;
                socket.Send(sent);
                if (random.Next(2) == 0 && turn % 2 == 1)
                    _ = socket.Receive(new byte[random.Next(1, 60_000)]);
            }
            catch (SocketException error) when (error.SocketErrorCode is SocketError.TimedOut or SocketError.WouldBlock)
            {
                // The echo comes back unread, and so the server takes no more.
            }
            if (random.Next(3) == 0)
                socket.Close();
            else
                socket.Reset();
            if (turn % 25 == 0)
                Assert.Equal(100_000, (await other.GetStringAsync("/")).Length);
        }

        Assert.Equal(100_000, (await other.GetStringAsync("/")).Length);
    }

    [Theory, CombinatorialTransport]
    public async Task A_stream_of_HTTP2_that_is_cancelled_hurts_no_other_stream(Transport transport)
    {
        var aborted = new TaskCompletionSource<string>();
        await using var server = await TestServer.Start(
            transport,
            context => context.Request.Path == "/slow" ? UntilAborted(context, aborted) : context.Response.WriteAsync("well"),
            RequestTests.Listen("2.0", isSecure: false));
        using var client = server.Client(HttpVersion.Version20);
        using var cancelling = new CancellationTokenSource();

        var slow = client.GetAsync("/slow", HttpCompletionOption.ResponseHeadersRead, cancelling.Token);
        using (var response = await slow.Ends())
            await cancelling.CancelAsync();

        Assert.Equal("aborted", await aborted.Task.Ends());
        Assert.Equal("well", await client.GetStringAsync("/"));
    }

    private static async Task UntilAborted(HttpContext context, TaskCompletionSource<string> aborted)
    {
        await context.Response.WriteAsync("begun", CancellationToken.None);
        await context.Response.Body.FlushAsync(CancellationToken.None);
        try
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            aborted.TrySetResult("aborted");
        }
    }

    private static async Task Reads(HttpContext context, TaskCompletionSource<string> failure)
    {
        try
        {
            await context.Request.Body.CopyToAsync(Stream.Null, CancellationToken.None);
            failure.TrySetResult("none");
        }
        catch (Exception error)
        {
            failure.TrySetResult(error.GetType().Name);
        }
    }
}
