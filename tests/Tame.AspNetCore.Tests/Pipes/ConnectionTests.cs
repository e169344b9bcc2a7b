using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Tame.AspNetCore.Tests.Requests;
using static Tame.AspNetCore.Tests.Pipes.Talking;

namespace Tame.AspNetCore.Tests.Pipes;

/// <summary>Bare connections, as middleware and other protocols use them.</summary>
public sealed class ConnectionTests
{
    [Theory, CombinatorialTransport]
    public async Task A_pending_read_is_cancelled_and_the_next_one_reads(Transport transport)
    {
        string? seen = null;
        await Talk(
            transport,
            async connection =>
            {
                var input = connection.Transport.Input;
                var pending = input.ReadAsync();
                bool wasPending = !pending.IsCompleted;
                input.CancelPendingRead();
                var cancelled = await pending;
                input.AdvanceTo(cancelled.Buffer.End);
                await Say(connection, "go");
                var next = await input.ReadAsync();
                seen = $"{wasPending} {cancelled.IsCanceled} {cancelled.Buffer.Length} {next.IsCanceled} {Text(next.Buffer)}";
                input.AdvanceTo(next.Buffer.End);
            },
            async socket =>
            {
                socket.ReceiveUntil("go");
                socket.Send("data");
                await Task.Yield();
            });

        Assert.Equal("True True 0 False data", seen);
    }

    [Theory, CombinatorialTransport]
    public async Task Cancelling_in_a_race_with_what_comes_loses_no_byte(Transport transport)
    {
        const int Count = 2000;
        var text = new StringBuilder();
        await Talk(
            transport,
            async connection =>
            {
                var input = connection.Transport.Input;
                using var stop = new CancellationTokenSource();
                var cancelling = Task.Run(async () =>
                {
                    while (!stop.IsCancellationRequested)
                    {
                        input.CancelPendingRead();
                        await Task.Yield();
                    }
                });
                while (text.Length < Count)
                {
                    var result = await input.ReadAsync();
                    text.Append(Text(result.Buffer));
                    input.AdvanceTo(result.Buffer.End);
                }
                await stop.CancelAsync();
                await cancelling;
            },
            async socket =>
            {
                for (int i = 0; i < Count; i++)
                {
                    socket.Send($"{i % 10}");
                    if (i % 100 == 0)
                        await Task.Delay(1);
                }
            });

        Assert.Equal(string.Concat(Enumerable.Range(0, Count).Select(i => i % 10)), text.ToString());
    }

    [Theory, CombinatorialTransport]
    public async Task A_token_cancels_a_read_and_the_next_one_reads(Transport transport)
    {
        string? seen = null;
        await Talk(
            transport,
            async connection =>
            {
                var input = connection.Transport.Input;
                using var cancelling = new CancellationTokenSource();
                var pending = input.ReadAsync(cancelling.Token).AsTask();
                await cancelling.CancelAsync();
                var error = await Record.ExceptionAsync(() => pending);
                await Say(connection, "go");
                var next = await input.ReadAsync();
                seen = $"{error?.GetType().Name} {Text(next.Buffer)}";
                input.AdvanceTo(next.Buffer.End);
            },
            async socket =>
            {
                socket.ReceiveUntil("go");
                socket.Send("data");
                await Task.Yield();
            });

        Assert.Equal("OperationCanceledException data", seen);
    }

    [Theory, CombinatorialTransport]
    public async Task What_was_examined_and_not_consumed_comes_again_with_more(Transport transport)
    {
        var lines = new List<string>();
        await Talk(
            transport,
            async connection =>
            {
                var input = connection.Transport.Input;
                while (lines.Count < 3)
                {
                    var result = await input.ReadAsync();
                    var buffer = result.Buffer;
                    while (buffer.PositionOf((byte)'\n') is { } end)
                    {
                        lines.Add(Text(buffer.Slice(0, end)));
                        buffer = buffer.Slice(buffer.GetPosition(1, end));
                    }
                    input.AdvanceTo(buffer.Start, buffer.End);
                    await Say(connection, "+");
                }
            },
            async socket =>
            {
                foreach (string piece in new[] { "on", "e\ntw", "o", "\n" + new string('x', 10_000), "\n" })
                {
                    socket.Send(piece);
                    socket.ReceiveUntil("+");
                    await Task.Yield();
                }
            });

        Assert.Equal(["one", "two", new string('x', 10_000)], lines);
    }

    [Theory, CombinatorialTransport]
    public async Task A_client_that_ends_its_side_ends_the_input_and_gets_what_is_sent_after(Transport transport)
    {
        string? seen = null;
        string? got = null;
        await Talk(
            transport,
            async connection =>
            {
                var result = await connection.Transport.Input.ReadAtLeastAsync(100);
                var closed = new TaskCompletionSource();
                await using var registration = connection.ConnectionClosed.Register(closed.SetResult);
                await closed.Task.Ends();
                seen = $"{Text(result.Buffer)} {result.IsCompleted}";
                connection.Transport.Input.AdvanceTo(result.Buffer.End);
                await Say(connection, "after");
            },
            async socket =>
            {
                socket.Send("before");
                socket.Shutdown(SocketShutdown.Send);
                got = socket.ReceiveAll();
                await Task.Yield();
            });

        Assert.Equal(("before True", "after"), (seen, got));
    }

    [Theory, CombinatorialTransport]
    public async Task An_abort_fails_the_read_with_its_reason_and_resets_the_client(Transport transport)
    {
        string? seen = null;
        string? got = null;
        await Talk(
            transport,
            async connection =>
            {
                var pending = connection.Transport.Input.ReadAsync().AsTask();
                connection.Abort(new ConnectionAbortedException("enough"));
                var error = await Record.ExceptionAsync(() => pending.Ends());
                FlushResult flush;
                do
                    flush = await connection.Transport.Output.WriteAsync(new byte[10]);
                while (!flush.IsCompleted);
                seen = $"{error?.GetType().Name} {error?.Message}";
            },
            async socket =>
            {
                got = socket.ReceiveAll();
                await Task.Yield();
            });

        Assert.Equal(("ConnectionAbortedException enough", "reset"), (seen, got));
    }

    [Theory, CombinatorialTransport]
    public async Task A_client_that_resets_fails_the_read_and_ends_the_writes(Transport transport)
    {
        string? seen = null;
        await Talk(
            transport,
            async connection =>
            {
                await Say(connection, "go");
                var error = await Record.ExceptionAsync(() => connection.Transport.Input.ReadAsync().AsTask().Ends());
                FlushResult flush;
                do
                    flush = await connection.Transport.Output.WriteAsync(new byte[10]);
                while (!flush.IsCompleted);
                seen = error?.GetType().Name;
            },
            async socket =>
            {
                socket.ReceiveUntil("go");
                socket.Reset();
                await Task.Yield();
            });

        Assert.Equal("ConnectionResetException", seen);
    }

    [Theory, CombinatorialTransport]
    public async Task A_reset_that_comes_while_the_reader_looks_at_its_bytes_fails_the_next_read(Transport transport)
    {
        string? seen = null;
        var closed = new TaskCompletionSource();
        await Talk(
            transport,
            async connection =>
            {
                await using var registration = connection.ConnectionClosed.Register(closed.SetResult);
                var input = connection.Transport.Input;
                var result = await input.ReadAsync();
                await Say(connection, "go");
                await closed.Task.Ends();
                input.AdvanceTo(result.Buffer.End);
                seen = (await Record.ExceptionAsync(() => input.ReadAsync().AsTask().Ends()))?.GetType().Name;
            },
            async socket =>
            {
                socket.Send("data");
                socket.ReceiveUntil("go");
                socket.Reset();
                await Task.Yield();
            });

        Assert.Equal("ConnectionResetException", seen);
    }

    [Theory, CombinatorialTransport]
    public async Task An_abort_while_the_reader_looks_at_its_bytes_fails_the_next_read(Transport transport)
    {
        string? seen = null;
        await Talk(
            transport,
            async connection =>
            {
                var input = connection.Transport.Input;
                var result = await input.ReadAsync();
                var closed = new TaskCompletionSource();
                await using var registration = connection.ConnectionClosed.Register(closed.SetResult);
                connection.Abort(new ConnectionAbortedException("enough"));
                await closed.Task.Ends();
                input.AdvanceTo(result.Buffer.End);
                seen = (await Record.ExceptionAsync(() => input.ReadAsync().AsTask().Ends()))?.Message;
            },
            async socket =>
            {
                socket.Send("data");
                socket.ReceiveAll();
                await Task.Yield();
            });

        Assert.Equal("enough", seen);
    }
}
