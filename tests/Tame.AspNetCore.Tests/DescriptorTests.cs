using System.Net;
using Microsoft.AspNetCore.Http;
using Tame.AspNetCore.Tests.Requests;
using Tame.IO.Tests.Peers;

namespace Tame.AspNetCore.Tests;

/// <summary>Descriptors. No other test runs beside these, since they are the process's.</summary>
[CollectionDefinition(nameof(DescriptorTests), DisableParallelization = true)]
[Collection(nameof(DescriptorTests))]
public sealed class DescriptorTests
{
    [Theory, CombinatorialTransport]
    public async Task A_server_that_was_hurt_in_every_way_leaves_no_descriptor(Transport transport)
    {
        Descriptors.SkipWhereNotCounted();
        await UseAndStop(transport);    // what the process opens once and keeps
        int before = await Settled();

        await UseAndStop(transport);

        await Eventually.Holds(() => Descriptors.OfNetworks.Count <= before, () => $"{Descriptors.OfNetworks.Count} are open, and {before} were.");
    }

    [Theory]
    [InlineData(Transport.Tame)]
    [InlineData(Transport.TameOnTwoLoops)]
    public async Task A_process_without_descriptors_goes_on_serving_and_accepts_when_it_has_some(Transport transport)
    {
        Descriptors.SkipWhereNotCounted();
        TestServer.SkipWhereMissing(transport);
        await using var server = await TestServer.Start(transport, context => context.Response.WriteAsync("<well>"));
        using var first = server.Connect();
        first.Send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        first.ReceiveUntil("\r\n0\r\n\r\n");
        int limit = Descriptors.Limit;
        using var waiting = new System.Net.Sockets.Socket(System.Net.Sockets.AddressFamily.InterNetwork, System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
        try
        {
            Assert.True(Descriptors.Leave(0));
            waiting.Connect(server.EndPoint);
            waiting.Send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            await Task.Delay(200);
            first.Send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            Assert.Contains("<well>", first.ReceiveUntil("\r\n0\r\n\r\n"), StringComparison.Ordinal);
        }
        finally
        {
            Descriptors.Raise(limit);
        }

        waiting.ReceiveTimeout = 20_000;
        Assert.Contains("<well>", waiting.ReceiveUntil("\r\n0\r\n\r\n"), StringComparison.Ordinal);
    }

    private static async Task UseAndStop(Transport transport)
    {
        await using var server = await TestServer.Start(
            transport,
            async context =>
            {
                if (context.Request.Path == "/abort")
                    context.Abort();
                await context.Response.WriteAsync(new string('x', 50_000));
            });
        using (var client = server.Client())
        {
            for (int i = 0; i < 10; i++)
                Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/")).StatusCode);
        }
        for (int i = 0; i < 30; i++)
        {
            using var socket = server.Connect();
            socket.Send(i % 3 == 0 ? "GET /abort HTTP/1.1\r\nHost: a\r\n\r\n" : i % 3 == 1 ? "GET / HTTP/1.1\r\nHo" : "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            if (i % 2 == 0)
                socket.Reset();
        }
    }

    /// <summary>How many are open once no more are closed.</summary>
    private static async Task<int> Settled()
    {
        int count = Descriptors.OfNetworks.Count;
        for (int same = 0; same < 20; same++)
        {
            await Task.Delay(10);
            int now = Descriptors.OfNetworks.Count;
            if (now != count)
                (count, same) = (now, 0);
        }
        return count;
    }
}
