using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Tame.AspNetCore.Tests.Requests;

namespace Tame.AspNetCore.Tests;

/// <summary>What the transport binds, and what it leaves behind.</summary>
public sealed class BindingTests
{
    [Theory, CombinatorialTransport]
    public async Task An_address_in_use_is_refused(Transport transport)
    {
        await using var first = await TestServer.Start(transport, context => context.Response.WriteAsync("first"));

        var error = await Assert.ThrowsAsync<IOException>(() => TestServer.Start(transport, context => context.Response.WriteAsync("second"), options => options.Listen(first.EndPoint)));

        Assert.IsType<AddressInUseException>(error.InnerException);
    }

    [Theory, CombinatorialTransport]
    public async Task Localhost_and_any_address_serve_both_families(Transport transport)
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6, "This machine has no IPv6.");
        await using var server = await TestServer.Start(transport, context => context.Response.WriteAsync("any"), options => options.ListenAnyIP(0));
        using var client = new HttpClient();

        Assert.Equal("any", await client.GetStringAsync($"http://127.0.0.1:{server.Address.Port}/"));
        Assert.Equal("any", await client.GetStringAsync($"http://[::1]:{server.Address.Port}/"));
    }

    [Fact]
    public async Task A_handle_of_a_file_is_refused_with_what_to_do()
    {
        TestServer.SkipWhereMissing(Transport.Tame);

        var error = await Assert.ThrowsAsync<NotSupportedException>(() => TestServer.Start(Transport.Tame, context => context.Response.WriteAsync("never"), options => options.ListenHandle(5)));

        Assert.Contains("remove the call of UseTame", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Options_refuse_what_is_not_positive(int value)
    {
        var options = new TameTransportOptions();

        Assert.Throws<ArgumentOutOfRangeException>(() => options.Loops = value);
        Assert.Throws<ArgumentOutOfRangeException>(() => options.Backlog = value);
        Assert.Throws<ArgumentOutOfRangeException>(() => options.MaxReadBufferSize = value);
        Assert.Throws<ArgumentOutOfRangeException>(() => options.MaxWriteBufferSize = value);
    }

    [Fact]
    public async Task Connections_are_dealt_out_to_the_loops()
    {
        TestServer.SkipWhereMissing(Transport.TameOnTwoLoops);
        await using var server = await TestServer.Start(
            Transport.TameOnTwoLoops,
            context => context.Response.WriteAsync($"{context.Features.Get<IConnectionLoopFeature>()!.EventLoop.GetHashCode()}"));
        var loops = new List<string>();

        for (int i = 0; i < 6; i++)
        {
            using var socket = server.Connect();
            socket.Send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            loops.Add(socket.ReceiveAll().Split("\r\n")[^4]);
        }

        Assert.Equal(2, loops.Distinct().Count());
        Assert.Equal(3, loops.Count(loop => loop == loops[0]));
    }

    [Fact]
    public async Task A_server_starts_its_threads_and_ends_them()
    {
        TestServer.SkipWhereMissing(Transport.TameOnTwoLoops);
        LoopGroup loops;
        await using (var server = await TestServer.Start(Transport.TameOnTwoLoops, context => context.Response.WriteAsync("well")))
        {
            loops = server.Loops!;
            Assert.Equal(2, loops.Threads);
        }

        Assert.Equal(0, loops.Threads);
    }

    [Fact]
    public async Task A_connection_that_outlives_its_server_ends()
    {
        TestServer.SkipWhereMissing(Transport.Tame);
        var failure = new TaskCompletionSource<Exception?>();
        var mayRead = new TaskCompletionSource();
        TestServer server = await TestServer.StartConnections(Transport.Tame, async connection =>
        {
            await mayRead.Task;
            failure.SetResult(await Record.ExceptionAsync(() => connection.Transport.Input.ReadAsync().AsTask().Ends()));
        });
        using var socket = server.Connect();
        await Eventually.Holds(() => server.Loops!.Connections == 1, "The connection is not there.");

        using var time = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        await server.Stop(time.Token).Ends();
        mayRead.SetResult();

        Assert.IsType<ConnectionAbortedException>(await failure.Task.Ends());
        await server.DisposeAsync();
    }
}
