using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Tame.AspNetCore.Tests.Requests;

/// <summary>WebSockets.</summary>
public sealed class WebSocketTests
{
    [Theory, CombinatorialTransport]
    public async Task Messages_of_all_sizes_come_back(Transport transport)
    {
        await using var server = await Serve(transport);
        using var socket = await Connect(server);
        byte[] buffer = new byte[1_000_000];

        foreach (int size in new[] { 0, 1, 125, 126, 4096, 65_535, 65_536, 1_000_000 })
        {
            byte[] message = new byte[size];
            new Random(size).NextBytes(message);
            var sending = socket.SendAsync(message, WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);
            int got = 0;
            WebSocketReceiveResult result;
            do
            {
                result = await socket.ReceiveAsync(new ArraySegment<byte>(buffer, got, buffer.Length - got), CancellationToken.None).Ends();
                got += result.Count;
            }
            while (!result.EndOfMessage);
            await sending;
            Assert.Equal(message, buffer[..got]);
        }
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "over", CancellationToken.None).Ends();

        Assert.Equal(WebSocketState.Closed, socket.State);
        Assert.Equal("over", socket.CloseStatusDescription);
    }

    [Theory, CombinatorialTransport]
    public async Task The_server_sends_while_it_waits_for_a_message(Transport transport)
    {
        await using var server = await Serve(transport, async socket =>
        {
            var receiving = socket.ReceiveAsync(new byte[10], CancellationToken.None);
            for (byte i = 0; i < 100; i++)
                await socket.SendAsync(new[] { i }, WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);
            await receiving;
        });
        using var socket = await Connect(server);
        byte[] buffer = new byte[10];

        for (byte i = 0; i < 100; i++)
        {
            var result = await socket.ReceiveAsync(buffer, CancellationToken.None).Ends();
            Assert.Equal((1, i), (result.Count, buffer[0]));
        }
        await socket.SendAsync(new byte[] { 1 }, WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);
    }

    [Theory, CombinatorialTransport]
    public async Task A_client_that_aborts_ends_the_receive_of_the_server(Transport transport)
    {
        var ended = new TaskCompletionSource<string>();
        await using var server = await Serve(transport, async socket =>
        {
            try
            {
                await socket.ReceiveAsync(new byte[10], CancellationToken.None);
                ended.SetResult("none");
            }
            catch (WebSocketException error)
            {
                ended.SetResult($"{error.WebSocketErrorCode}");
            }
        });
        using var socket = await Connect(server);

        socket.Abort();

        Assert.Equal("ConnectionClosedPrematurely", await ended.Task.Ends());
    }

    private static Task<TestServer> Serve(Transport transport, Func<WebSocket, Task>? handler = null) => TestServer.Start(transport, app =>
    {
        app.UseWebSockets();
        app.Run(async context =>
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            await (handler ?? Echo)(socket);
        });
    });

    private static async Task<ClientWebSocket> Connect(TestServer server)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(server.Address) { Scheme = "ws" }.Uri, CancellationToken.None).Ends();
        return socket;
    }

    private static async Task Echo(WebSocket socket)
    {
        byte[] buffer = new byte[10_000];
        while (true)
        {
            var result = await socket.ReceiveAsync(buffer, CancellationToken.None);
            if (result.MessageType == WebSocketMessageType.Close)
                break;
            await socket.SendAsync(buffer.AsMemory(0, result.Count), result.MessageType, result.EndOfMessage, CancellationToken.None);
        }
        await socket.CloseAsync(socket.CloseStatus!.Value, socket.CloseStatusDescription, CancellationToken.None);
    }
}
