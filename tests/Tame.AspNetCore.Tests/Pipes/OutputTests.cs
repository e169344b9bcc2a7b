using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Tame.AspNetCore.Tests.Requests;
using static Tame.AspNetCore.Tests.Pipes.Talking;

namespace Tame.AspNetCore.Tests.Pipes;

/// <summary>What bare connections send, and how they end; and the one that does not read.</summary>
public sealed class OutputTests
{
    [Theory, CombinatorialTransport]
    public async Task What_was_written_and_not_flushed_is_sent_by_Complete(Transport transport)
    {
        string? got = null;
        await Talk(
            transport,
            async connection =>
            {
                connection.Transport.Output.Write("unflushed"u8);
                connection.Transport.Output.Complete();
                await Task.Yield();
            },
            async socket =>
            {
                got = socket.ReceiveAll();
                await Task.Yield();
            });

        Assert.Equal("unflushed", got);
    }

    [Theory, CombinatorialTransport]
    public async Task A_failure_completes_the_output_by_a_reset(Transport transport)
    {
        string? got = null;
        await Talk(
            transport,
            async connection =>
            {
                await Say(connection, "begun");
                await connection.Transport.Input.ReadAsync();
                connection.Transport.Output.Complete(new InvalidOperationException("wrong"));
            },
            async socket =>
            {
                got = socket.ReceiveUntil("begun");
                socket.Send("x");
                got += socket.ReceiveAll();
                await Task.Yield();
            });

        Assert.Equal("begunreset", got);
    }

    [Theory, CombinatorialTransport]
    public async Task A_flush_waits_for_a_client_that_does_not_read_and_can_be_cancelled(Transport transport)
    {
        string? seen = null;
        long sent = 0;
        long got = 0;
        await Talk(
            transport,
            async connection =>
            {
                var output = connection.Transport.Output;
                byte[] block = new byte[20_000];
                ValueTask<FlushResult> flush;
                do
                {
                    flush = output.WriteAsync(block);
                    sent += block.Length;
                }
                while (flush.IsCompletedSuccessfully && !flush.Result.IsCanceled);
                output.CancelPendingFlush();
                var cancelled = await flush;
                await Say(connection, "!");
                sent++;
                var next = await output.FlushAsync();
                seen = $"{cancelled.IsCanceled} {next.IsCanceled} {next.IsCompleted}";
                output.Complete();
            },
            async socket =>
            {
                await Task.Delay(100);
                byte[] buffer = new byte[100_000];
                while (await socket.ReceiveAsync(buffer).Ends() is > 0 and var count)
                    got += count;
            });

        Assert.Equal("True False False", seen);
        Assert.Equal(sent, got);
    }

    [Theory, CombinatorialTransport]
    public async Task A_server_that_does_not_read_stops_its_client_and_then_gets_all(Transport transport)
    {
        const int Most = 40_000_000;
        long sent = 0;
        long got = 0;
        var blocked = new TaskCompletionSource();
        await Talk(
            transport,
            async connection =>
            {
                await blocked.Task;
                var input = connection.Transport.Input;
                while (true)
                {
                    var result = await input.ReadAsync();
                    got += result.Buffer.Length;
                    input.AdvanceTo(result.Buffer.End);
                    if (result.IsCompleted)
                        break;
                }
            },
            async socket =>
            {
                byte[] block = new byte[50_000];
                while (sent < Most)
                {
                    var sending = socket.SendAsync(block);
                    if (!sending.IsCompleted && await Task.WhenAny(sending, Task.Delay(300)) != sending)
                        blocked.SetResult();
                    sent += await sending.Ends();
                    if (blocked.Task.IsCompleted)
                        break;
                }
                socket.Shutdown(SocketShutdown.Send);
            });

        Assert.True(sent < Most, "The client was never stopped.");
        Assert.Equal(sent, got);
    }
}
