using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace Tame.AspNetCore.Tests.Requests;

/// <summary>The .NET socket of a connection.</summary>
public sealed class SocketFeatureTests
{
    private const string Request = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

    [Theory, CombinatorialTransport]
    public async Task Its_addresses_and_options_are_those_of_the_connection(Transport transport)
    {
        await using var server = await TestServer.Start(transport, context =>
        {
            var socket = SocketOf(context);
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            return context.Response.WriteAsync($"<{socket.RemoteEndPoint} {socket.NoDelay} {SocketOf(context) == socket}>");
        });
        using var client = server.Connect();
        client.Send(Request);
        Assert.Contains($"<{client.LocalEndPoint} True True>", client.ReceiveAll(), StringComparison.Ordinal);
    }

    [Theory, CombinatorialTransport]
    public async Task It_ends_with_the_connection_and_does_not_hold_it_open(Transport transport)
    {
        Socket? kept = null;
        await using var server = await TestServer.Start(transport, context =>
        {
            kept = SocketOf(context);
            return context.Response.WriteAsync(new string('x', 100_000));
        });
        using var client = server.Connect();
        client.Send(Request);

        string text = client.ReceiveAll();

        Assert.True(text.Count(sign => sign == 'x') == 100_000 && !text.EndsWith("reset", StringComparison.Ordinal), text[^20..]);
        await Eventually.Holds(() => kept!.SafeHandle.IsClosed, () => "The socket is open.");
        Assert.Throws<ObjectDisposedException>(() => kept!.NoDelay);
    }

    [Theory, CombinatorialTransport]
    public async Task An_abort_still_resets_the_connection(Transport transport)
    {
        await using var server = await TestServer.Start(transport, context =>
        {
            _ = SocketOf(context);
            context.Abort();
            return Task.CompletedTask;
        });
        using var client = server.Connect();
        client.Send(Request);
        Assert.Equal("reset", client.ReceiveAll());
    }

    private static Socket SocketOf(HttpContext context) => context.Features.Get<IConnectionSocketFeature>()!.Socket;
}
