namespace Tame.IO.Tests.Streams;

/// <summary>Random writes and flushes with random time limits, against a slow peer with a small buffer.</summary>
public sealed partial class WriterModelTests
{
    [Theory]
    [InlineData(Networks.Memory, 2000)]
    [InlineData(Networks.System, 6)]
    [InlineData(Networks.Portable, 6)]
    public void The_peer_gets_what_was_written_in_order(string network, int seeds)
    {
        for (int seed = 0; seed < seeds; seed++)
        {
            var random = new Random(seed);
            var written = new List<byte>();
            var received = new List<byte>();
            try
            {
                Pairs.Run(network, (client, server, done) => Exchange(client, server, written, received, random, done), buffer: random.Next(1, 5000));
            }
            catch (Exception error)
            {
                Assert.Fail($"Seed {seed}: {error}");
            }
            Assert.True(written.SequenceEqual(received), $"Seed {seed}: {received.Count} of {written.Count} bytes came, or they differ.");
        }
    }

    [Tamed] private static partial void Exchange(Connection client, Connection server, List<byte> written, List<byte> received, Random random, Event done);

    private static void ExchangeBody(Connection client, Connection server, List<byte> written, List<byte> received, Random random, Event done)
    {
        using (twait())
        {
            WriteAll(client, written, random, mkevent());
            ReceiveSlowly(server, received, random, mkevent());
        }
        done.Trigger();
    }

    [Tamed] private static partial void WriteAll(Connection to, List<byte> written, Random random, Event done);

    private static void WriteAllBody(Connection to, List<byte> written, Random random, Event done)
    {
        using var writer = new Writer(to, random.Next(1, 20_000));
        int most = random.Next(2, 9000);
        for (int left = random.Next(20); left >= 0; left--)
        {
            var bytes = new byte[random.Next(most)];
            random.NextBytes(bytes);
            if (random.Next(3) == 0)
            {
                bytes.CopyTo(writer.GetSpan(bytes.Length));
                writer.Advance(bytes.Length);
            }
            else
                writer.Write(bytes);
            written.AddRange(bytes);
            try
            {
                if (writer.IsFull || left == 0)
                    twait(e => writer.Flush(e));
                else if (random.Next(2) == 0)
                    twait(e => writer.Flush(e.WithTimeout(TimeSpan.FromMilliseconds(random.Next(1, 20)))));
            }
            catch (TimeoutException)
            {
            }
        }
        to.CloseSend();
        done.Trigger();
    }

    [Tamed] private static partial void ReceiveSlowly(Connection from, List<byte> received, Random random, Event done);

    private static void ReceiveSlowlyBody(Connection from, List<byte> received, Random random, Event done)
    {
        using var closed = from;
        var buffer = new byte[3000];
        int count;
        do
        {
            if (random.Next(3) == 0)
                twait(e => timer(TimeSpan.FromMilliseconds(random.Next(10)), e));
            twait(e => from.Receive(buffer.AsMemory(0, random.Next(1, buffer.Length)), e), out count);
            received.AddRange(buffer.AsSpan(0, count));
        }
        while (count != 0);
        done.Trigger();
    }
}
