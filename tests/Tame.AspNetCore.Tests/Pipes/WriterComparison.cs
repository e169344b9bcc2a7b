using System.Buffers;
using System.IO.Pipelines;

namespace Tame.AspNetCore.Tests.Pipes;

/// <summary>Does the same to both writers, and compares what arrives.</summary>
internal sealed class WriterComparison(OraclePair pair)
{
    private readonly List<byte> _sentByPipe = [];
    private bool _isComplete;
    private bool _isTaken;

    public void Run(List<Step> steps)
    {
        var log = new List<string>();
        foreach (var step in steps)
        {
            string expected = OraclePair.Outcome(() => Do(pair.Pipe.Writer, step));
            string actual = OraclePair.Outcome(() => Do(pair.Connection.Transport.Output, step));
            TakeFromPipe();
            _isComplete |= step.Kind == 99;
            log.Add($"{step}: {expected}");
            Assert.True(expected == actual, $"{string.Join('\n', log)}\nbut: {actual}");
        }
        pair.Pipe.Writer.Complete();
        pair.Connection.Transport.Output.Complete();
        TakeFromPipe();
        Assert.Equal(_sentByPipe, TakeFromClient());
    }

    private string Do(PipeWriter writer, Step step) => step.Kind switch
    {
        < 40 => Write(writer, step.Size / 3, step.Part),
        < 45 => Hold(writer, step.Size),
        < 80 => Text(writer.FlushAsync()),
        < 85 => Text(writer.WriteAsync(Bytes(step.Size / 3))),
        < 92 => Cancel(writer),
        < 95 => Text(writer.FlushAsync(new CancellationToken(canceled: true))),
        < 97 => Advance(writer, 10_000_000),
        < 99 => _isComplete ? "" : $"{writer.UnflushedBytes}",
        _ => Complete(writer),
    };

    private static byte[] Bytes(int size)
    {
        byte[] bytes = new byte[size];
        new Random(size).NextBytes(bytes);
        return bytes;
    }

    private static string Write(PipeWriter writer, int size, int hint)
    {
        var bytes = Bytes(size).AsSpan();
        while (!bytes.IsEmpty)
        {
            var free = writer.GetSpan(hint);
            int count = Math.Min(free.Length, bytes.Length);
            bytes[..count].CopyTo(free);
            writer.Advance(count);
            bytes = bytes[count..];
        }
        return "written";
    }

    /// <summary>Asks for memory, and does not use it.</summary>
    private static string Hold(PipeWriter writer, int size) => writer.GetMemory(size).Length >= size ? "room" : "little room";

    private static string Advance(PipeWriter writer, int count)
    {
        writer.Advance(count);
        return "advanced";
    }

    private static string Cancel(PipeWriter writer)
    {
        writer.CancelPendingFlush();
        return "cancelled";
    }

    private static string Complete(PipeWriter writer)
    {
        writer.Complete();
        return "complete";
    }

    /// <summary>A client that takes what comes lets each flush complete at once.</summary>
    private static string Text(ValueTask<FlushResult> flush)
    {
        Assert.True(flush.IsCompleted);
        var result = flush.GetAwaiter().GetResult();
        return $"flushed {result.IsCanceled} {result.IsCompleted}";
    }

    private void TakeFromPipe()
    {
        while (!_isTaken && pair.Pipe.Reader.TryRead(out var result))
        {
            _sentByPipe.AddRange(result.Buffer.ToArray());
            pair.Pipe.Reader.AdvanceTo(result.Buffer.End);
            if (!result.IsCompleted)
                continue;
            pair.Pipe.Reader.Complete();
            _isTaken = true;
            break;
        }
    }

    private List<byte> TakeFromClient()
    {
        var got = new List<byte>();
        byte[] buffer = new byte[65_536];
        while (pair.Client.Receive(buffer) is > 0 and var count)
            got.AddRange(buffer[..count]);
        return got;
    }
}
