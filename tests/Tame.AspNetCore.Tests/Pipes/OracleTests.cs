using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using CsCheck;
using Microsoft.AspNetCore.Connections;

namespace Tame.AspNetCore.Tests.Pipes;

/// <summary>The two sides of a connection beside those of a Pipe: random sequences of operations give the same results, and the same kinds of exceptions.</summary>
public sealed class OracleTests
{
    private static readonly Gen<List<Step>> s_steps = Gen.Select(Gen.Int[0, 99], Gen.Int[0, 9000], Gen.Int[0, 100], (kind, size, part) => new Step(kind, size, part)).List[1, 40];

    [Fact]
    public async Task A_reader_gives_what_the_reader_of_a_pipe_gives()
    {
        await using var server = await OracleServer.Start();
        s_steps.Sample(
            steps =>
            {
                using var pair = server.Connect();
                new ReaderComparison(pair).Run(steps);
            },
            iter: 400,
            threads: 1);
    }

    [Fact]
    public async Task A_writer_gives_what_the_writer_of_a_pipe_gives()
    {
        await using var server = await OracleServer.Start();
        s_steps.Sample(
            steps =>
            {
                using var pair = server.Connect();
                new WriterComparison(pair).Run(steps);
            },
            iter: 400,
            threads: 1);
    }
}

/// <summary>What is to be done: a number that chooses, and two sizes.</summary>
internal readonly record struct Step(int Kind, int Size, int Part);

/// <summary>Hands out connections of the transport.</summary>
internal sealed class OracleServer : IAsyncDisposable
{
    private readonly System.Collections.Concurrent.BlockingCollection<(ConnectionContext Connection, TaskCompletionSource End)> _accepted = [];
    private TestServer? _server;

    public static async Task<OracleServer> Start()
    {
        var oracle = new OracleServer();
        oracle._server = await TestServer.StartConnections(Transport.Tame, connection =>
        {
            var end = new TaskCompletionSource();
            oracle._accepted.Add((connection, end));
            return end.Task;
        });
        return oracle;
    }

    public OraclePair Connect()
    {
        var socket = _server!.Connect();
        var (connection, end) = _accepted.Take();
        return new OraclePair(connection, socket, end);
    }

    public async ValueTask DisposeAsync()
    {
        await _server!.DisposeAsync();
        _accepted.Dispose();
    }
}

/// <summary>A connection, its client, and a pipe beside it.</summary>
internal sealed record OraclePair(ConnectionContext Connection, Socket Client, TaskCompletionSource End) : IDisposable
{
    public Pipe Pipe { get; } = new(new PipeOptions(pauseWriterThreshold: 0, useSynchronizationContext: false, readerScheduler: PipeScheduler.Inline, writerScheduler: PipeScheduler.Inline));

    public void Dispose()
    {
        Client.Dispose();
        End.SetResult();
    }

    /// <summary>What an operation leads to, as text.</summary>
    public static string Outcome(Func<string> operation)
    {
        try
        {
            return operation();
        }
        catch (Exception error)
        {
            return error.GetType().Name;
        }
    }

    public static void WaitFor(Func<bool> condition)
    {
        if (!SpinWait.SpinUntil(condition, 10_000))
            Assert.Fail("The connection does not do what the pipe does.");
    }
}

/// <summary>Does the same to both readers.</summary>
internal sealed class ReaderComparison(OraclePair pair)
{
    private readonly ReaderUnderTest _ours = new(pair.Connection.Transport.Input);
    private readonly ReaderUnderTest _theirs = new(pair.Pipe.Reader);
    private long _fed;
    private bool _hasEnded;

    public void Run(List<Step> steps)
    {
        var log = new List<string>();
        foreach (var step in steps)
        {
            string expected = OraclePair.Outcome(() => Do(_theirs, step, isOurs: false));
            string actual = OraclePair.Outcome(() => Do(_ours, step, isOurs: true));
            log.Add($"{step}: {expected}");
            Assert.True(expected == actual, $"{string.Join('\n', log)}\nbut: {actual}");
        }
    }

    private string Do(ReaderUnderTest reader, Step step, bool isOurs)
    {
        string done = step.Kind switch
        {
            < 25 => Feed(step.Size, isOurs),
            < 50 => reader.Read(),
            < 58 => reader.TryRead(),
            < 85 => reader.Advance(step.Size, step.Part),
            < 92 => reader.Cancel(),
            < 94 => reader.ReadWithCancelledToken(),
            < 97 => EndFeeding(isOurs),
            < 98 => reader.Complete(),
            _ => reader.AdvanceWrongly(),
        };
        return $"{done} {reader.TakePending()}";
    }

    private string Feed(int size, bool isOurs)
    {
        if (_hasEnded)
            return "";
        byte[] bytes = new byte[size];
        new Random(size).NextBytes(bytes);
        if (!isOurs)
        {
            pair.Pipe.Writer.Write(bytes);
            _ = pair.Pipe.Writer.FlushAsync();
            _fed += size;
            return "fed";
        }
        if (size != 0)
            pair.Client.Send(bytes);
        if (!_ours.IsCompleted)
            OraclePair.WaitFor(() => ((SocketInput)pair.Connection.Transport.Input).Received == _fed);
        return "fed";
    }

    private string EndFeeding(bool isOurs)
    {
        if (!isOurs)
        {
            pair.Pipe.Writer.Complete();
            return "ended";
        }
        if (!_hasEnded)
            pair.Client.Shutdown(SocketShutdown.Send);
        _hasEnded = true;
        OraclePair.WaitFor(() => pair.Connection.ConnectionClosed.IsCancellationRequested);
        return "ended";
    }
}

/// <summary>A reader, and the read that is pending.</summary>
internal sealed class ReaderUnderTest(PipeReader reader)
{
    private ValueTask<ReadResult>? _pending;
    private ReadOnlySequence<byte> _buffer;

    public bool IsCompleted { get; private set; }

    public string Read()
    {
        if (_pending is not null)
            return "pending";
        _pending = reader.ReadAsync();
        return "read";
    }

    public string ReadWithCancelledToken()
    {
        if (_pending is not null)
            return "pending";
        _pending = reader.ReadAsync(new CancellationToken(canceled: true));
        return "read";
    }

    public string TryRead()
    {
        if (_pending is not null)
            return "pending";
        return reader.TryRead(out var result) ? Text(result) : "nothing";
    }

    public string Advance(int size, int part)
    {
        if (_pending is not null)
            return "pending";
        long consumed = _buffer.Length == 0 ? 0 : size % (_buffer.Length + 1);
        long examined = consumed + (_buffer.Length - consumed) * part / 100;
        if (part > 60)
            examined = _buffer.Length;
        var (from, to) = (_buffer.GetPosition(consumed), _buffer.GetPosition(examined));
        _buffer = default;
        reader.AdvanceTo(from, to);
        return $"advanced {consumed} {examined}";
    }

    public string AdvanceWrongly()
    {
        if (_pending is not null || _buffer.Length < 2)
            return "pending";
        reader.AdvanceTo(_buffer.GetPosition(1), _buffer.Start);
        return "advanced";
    }

    public string Cancel()
    {
        reader.CancelPendingRead();
        return "cancelled";
    }

    public string Complete()
    {
        if (_pending is not null)
            return "pending";
        IsCompleted = true;
        _buffer = default;
        reader.Complete();
        return "complete";
    }

    /// <summary>The result of the pending read, once it is there.</summary>
    public string TakePending()
    {
        if (_pending is not { } pending)
            return "";
        if (!pending.IsCompleted)
            return "waits";
        _pending = null;
        return Text(pending.GetAwaiter().GetResult());
    }

    private string Text(ReadResult result)
    {
        _buffer = result.Buffer;
        return $"{_buffer.Length} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(_buffer.ToArray()))[..8]} {result.IsCanceled} {result.IsCompleted}";
    }
}
