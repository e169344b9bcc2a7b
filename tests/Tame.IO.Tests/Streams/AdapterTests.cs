using System.IO.Pipelines;
using System.Text;

namespace Tame.IO.Tests.Streams;

public sealed partial class AdapterTests
{
    [Fact]
    public void A_stream_reads_and_writes_on_the_loops_thread() => Pairs.Run(StreamTest);

    [Tamed] private static partial void StreamTest(Connection client, Connection server, Event done);

    private static void StreamTestBody(Connection client, Connection server, Event done)
    {
        int thread = Environment.CurrentManagedThreadId;
        twait(e => e.Start(_ => Talk()));
        done.Trigger();

        async Task Talk()
        {
            await using var stream = client.AsStream();
            var line = ReadText(stream);
            await using (var peer = server.AsStream())
                await peer.WriteAsync(Encoding.UTF8.GetBytes("hello"));
            Assert.Equal("hello", await line);
            Assert.Equal(thread, Environment.CurrentManagedThreadId);
        }
    }

    private static async Task<string> ReadText(Stream stream)
    {
        using var text = new StreamReader(stream, leaveOpen: true);
        return await text.ReadToEndAsync();
    }

    [Fact]
    public void A_write_waits_for_a_peer_that_reads_slowly() => Pairs.Run(SlowTest, buffer: 100);

    [Tamed] private static partial void SlowTest(Connection client, Connection server, Event done);

    private static void SlowTestBody(Connection client, Connection server, Event done)
    {
        var bytes = new byte[1234];
        new Random(1).NextBytes(bytes);
        var got = new byte[bytes.Length];
        using (twait())
        {
            mkevent().Start(token => client.AsStream().WriteAsync(bytes, token).AsTask());
            mkevent().Start(token => server.AsStream().ReadExactlyAsync(got, token).AsTask());
        }
        Assert.Equal(bytes, got);
        done.Trigger();
    }

    [Fact]
    public void A_stream_refuses_to_block_the_loop() => Pairs.Run((client, _, done) =>
    {
        var stream = client.AsStream();
        Assert.Contains("Await ReadAsync", Assert.Throws<NotSupportedException>(() => stream.Read(new byte[1])).Message, StringComparison.Ordinal);
        Assert.Contains("Await WriteAsync", Assert.Throws<NotSupportedException>(() => stream.Write(new byte[1])).Message, StringComparison.Ordinal);
        Assert.Throws<NotSupportedException>(() => stream.Position);
        done.Trigger();
    });

    [Fact]
    public void A_read_of_a_stream_that_is_cancelled_takes_no_byte() => Pairs.Run(CancelTest);

    [Tamed] private static partial void CancelTest(Connection client, Connection server, Event done);

    private static void CancelTestBody(Connection client, Connection server, Event done)
    {
        var loop = EventLoop.Current!;
        twait(e => e.Start(_ => Talk()));
        done.Trigger();

        async Task Talk()
        {
            var stream = client.AsStream();
            using var source = new CancellationTokenSource();
            var buffer = new byte[10];
            var read = stream.ReadAsync(buffer, source.Token).AsTask();
            await Task.Delay(TimeSpan.FromSeconds(1), loop.TimeProvider);
            await source.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read);
            await server.AsStream(leaveOpen: true).WriteAsync(new byte[3]);
            Assert.Equal(3, await stream.ReadAsync(buffer));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stream.ReadAsync(buffer, source.Token).AsTask());
        }
    }

    [Fact]
    public void A_stream_has_one_read_under_way_and_fails_it_when_closed() => Pairs.Run(CloseTest);

    [Tamed] private static partial void CloseTest(Connection client, Connection server, Event done);

    private static void CloseTestBody(Connection client, Connection server, Event done)
    {
        twait(e => e.Start(_ => Talk()));
        done.Trigger();

        async Task Talk()
        {
            var stream = client.AsStream();
            var read = stream.ReadAsync(new byte[1]).AsTask();
            await Assert.ThrowsAsync<InvalidOperationException>(async () => _ = await stream.ReadAsync(new byte[1]));
            Assert.Throws<InvalidOperationException>(() => client.Receive(new byte[1], Event<int>.Ignored));
            stream.Dispose();
            await Assert.ThrowsAsync<ObjectDisposedException>(() => read);
        }
    }

    [Fact]
    public async Task Tasks_that_wait_for_a_connection_end_with_its_loop()
    {
        var waiting = new List<Task>();
        Pairs.Run(done => LeaveWaiting(waiting, done), buffer: 100);
        Assert.Equal(4, waiting.Count);
        foreach (var task in waiting)
        {
            var error = await Assert.ThrowsAsync<OperationCanceledException>(() => task).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
            Assert.Equal("The event loop of this connection ended while a task waited for it.", error.Message);
        }
    }

    [Tamed] private static partial void LeaveWaiting(List<Task> waiting, Event done);

    private static void LeaveWaitingBody(List<Task> waiting, Event done)
    {
        twait(e => Pairs.Open(e), out Connection client, out Connection server);
        waiting.Add(ReadText(client.AsStream()));
        waiting.Add(client.AsStream().WriteAsync(new byte[1000]).AsTask());
        waiting.Add(Flush(server.AsPipe().Output));
        twait(e => Pairs.Open(e), out client, out server);
        waiting.Add(server.AsPipe().Input.ReadAsync().AsTask());
        done.Trigger();

        static async Task Flush(PipeWriter writer) => await writer.WriteAsync(new byte[1000]);
    }

    [Fact]
    public void A_pipe_passes_bytes_and_the_end() => Pairs.Run(PipeTest);

    [Tamed] private static partial void PipeTest(Connection client, Connection server, Event done);

    private static void PipeTestBody(Connection client, Connection server, Event done)
    {
        twait(e => e.Start(_ => Talk()));
        Assert.True(client.IsClosed);
        done.Trigger();

        async Task Talk()
        {
            var near = client.AsPipe();
            var far = server.AsPipe();
            await near.Output.WriteAsync(Encoding.UTF8.GetBytes("hello"));
            await near.Output.CompleteAsync();
            var result = await far.Input.ReadAtLeastAsync(100);
            Assert.Equal("hello", Encoding.UTF8.GetString(result.Buffer));
            Assert.True(result.IsCompleted);
            await far.Output.WriteAsync(new byte[20_000]);
            await far.Output.CompleteAsync();
            result = await near.Input.ReadAtLeastAsync(100_000);
            Assert.Equal(20_000, result.Buffer.Length);
            await near.Input.CompleteAsync();
        }
    }

    [Fact]
    public void A_connection_of_a_stream_passes_bytes_and_the_end() => Pairs.Run(FromTest);

    [Tamed] private static partial void FromTest(Connection client, Connection server, Event done);

    private static void FromTestBody(Connection client, Connection server, Event done)
    {
        using var made = IO.Connections.From(client.AsStream(), static stream => Task.CompletedTask);
        var bytes = new byte[100_000];
        new Random(1).NextBytes(bytes);
        var got = new byte[bytes.Length];
        using (twait())
        {
            made.Send(bytes, mkevent());
            new Reader(server).ReadExactly(got, mkevent());
        }
        Assert.Equal(bytes, got);
        using (twait())
        {
            server.Send(bytes, mkevent());
            new Reader(made).ReadExactly(got.AsMemory(0, 99_999), mkevent());
        }
        server.CloseSend();
        var buffer = new byte[10];
        twait(e => made.Receive(buffer, e), out int last);
        twait(e => made.Receive(buffer, e), out int end);
        Assert.Equal((1, 0), (last, end));
        done.Trigger();
    }

    [Fact]
    public void A_connection_of_a_stream_of_the_system_ends_what_it_sends() => EventLoop.Run(SystemTest);

    [Tamed] private static partial void SystemTest(Event done);

    private static void SystemTestBody(Event done)
    {
        using var listener = new System.Net.Sockets.TcpListener(Networks.AnyPort);
        listener.Start();
        var client = new System.Net.Sockets.TcpClient();
        twait(client.ConnectAsync((System.Net.IPEndPoint)listener.LocalEndpoint));
        twait(listener.AcceptTcpClientAsync(), out var accepted);
        using var near = IO.Connections.From(client.GetStream());
        using var far = IO.Connections.From(accepted.GetStream());
        Assert.NotNull(near.RemoteEndPoint);
        twait(e => near.Send("question"u8.ToArray(), e));
        near.CloseSend();
        var buffer = new byte[100];
        var reader = new Reader(far);
        twait(e => reader.ReadLine(e), out string? question);
        twait(e => reader.ReadLine(e), out string? end);
        Assert.Equal(["question", null], [question, end]);
        twait(e => far.Send("answer"u8.ToArray(), e));
        far.Dispose();
        var answers = new Reader(near);
        twait(e => answers.ReadLine(e), out string? answer);
        twait(e => answers.ReadLine(e), out end);
        Assert.Equal(["answer", null], [answer, end]);
        done.Trigger();
    }
}
