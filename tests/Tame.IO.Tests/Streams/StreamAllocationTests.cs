namespace Tame.IO.Tests.Streams;

[Collection(nameof(Alone))]
public sealed partial class StreamAllocationTests
{
    private const int Warmup = 2000;
    private const int Rounds = 5000;

    [Fact]
    public void Lines_from_memory_allocate_nothing() => AssertNone((client, server, done) => Lines(new Writer(client), new Reader(server), done));

    [Fact]
    public void Reads_that_wait_allocate_nothing() => AssertNone((client, server, done) => Blocks(new Writer(client), new Reader(server), done));

    [Fact]
    public void Reads_with_a_time_limit_allocate_nothing() => AssertNone((client, server, done) => Timed(new Writer(client), new Reader(server), done));

    private static long s_allocated;

    private static void AssertNone(Action<Connection, Connection, Event> test)
    {
        s_allocated = -1;
        Pairs.Run(test);
        Assert.Equal(0, s_allocated);
    }

    [Tamed] private static partial void Lines(Writer writer, Reader reader, Event done);

    private static void LinesBody(Writer writer, Reader reader, Event done)
    {
        long before = 0;
        for (int round = 0; round < Warmup + Rounds; round++)
        {
            if (round == Warmup)
                before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 10; i++)
                writer.WriteLine("a line of text");
            twait(e => writer.Flush(e));
            for (int i = 0; i < 10;)
            {
                if (reader.TryReadLine(out var line))
                    i += line.Length == 14 ? 1 : 100;
                else
                    twait(e => reader.Fill(e));
            }
        }
        s_allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        done.Trigger();
    }

    [Tamed] private static partial void Blocks(Writer writer, Reader reader, Event done);

    private static void BlocksBody(Writer writer, Reader reader, Event done)
    {
        long before = 0;
        var buffer = new byte[100];
        for (int round = 0; round < Warmup + Rounds; round++)
        {
            if (round == Warmup)
                before = GC.GetAllocatedBytesForCurrentThread();
            using (twait())
            {
                reader.ReadExactly(buffer, mkevent());
                writer.Write(buffer);
                writer.Flush(mkevent());
            }
            ReadOnlyMemory<byte> block;
            using (twait())
            {
                reader.ReadUntil((byte)';', mkevent(out block));
                writer.Write("block;"u8);
                writer.Flush(mkevent());
            }
        }
        s_allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        done.Trigger();
    }

    [Tamed] private static partial void Timed(Writer writer, Reader reader, Event done);

    private static void TimedBody(Writer writer, Reader reader, Event done)
    {
        long before = 0;
        var buffer = new byte[100];
        for (int round = 0; round < Warmup + Rounds; round++)
        {
            if (round == Warmup)
                before = GC.GetAllocatedBytesForCurrentThread();
            using (twait())
            {
                reader.ReadExactly(buffer, mkevent().WithTimeout(TimeSpan.FromSeconds(1)));
                writer.Write(buffer);
                writer.Flush(mkevent().WithTimeout(TimeSpan.FromSeconds(1)));
            }
        }
        s_allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        done.Trigger();
    }
}
