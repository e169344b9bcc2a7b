namespace Tame.IO.Tests.Streams;

/// <summary>Random streams, cut at random, read by random reads with random limits of time and length, against a model.</summary>
public sealed partial class ReaderModelTests
{
    [Theory]
    [InlineData(Networks.Memory, 4000)]
    [InlineData(Networks.System, 6)]
    [InlineData(Networks.Portable, 6)]
    public void No_byte_is_lost_doubled_or_moved(string network, int seeds)
    {
        for (int seed = 0; seed < seeds; seed++)
        {
            var random = new Random(seed);
            var stream = ReaderModel.RandomStream(random);
            int read = -1;
            try
            {
                Pairs.Run(network, (client, server, done) => Exchange(client, server, stream, random, e => read = e, done), buffer: random.Next(1, 300));
            }
            catch (Exception error)
            {
                Assert.Fail($"Seed {seed}: {error}");
            }
            Assert.True(stream.Length == read, $"Seed {seed}: {read} of {stream.Length} bytes were read.");
        }
    }

    [Tamed] private static partial void Exchange(Connection client, Connection server, byte[] stream, Random random, Action<int> report, Event done);

    private static void ExchangeBody(Connection client, Connection server, byte[] stream, Random random, Action<int> report, Event done)
    {
        int read;
        using (twait())
        {
            ReadAll(server, new ReaderModel(stream), random, mkevent(out read));
            SendInPieces(client, stream, random, mkevent());
        }
        report(read);
        done.Trigger();
    }

    [Tamed] private static partial void SendInPieces(Connection to, byte[] stream, Random random, Event done);

    private static void SendInPiecesBody(Connection to, byte[] stream, Random random, Event done)
    {
        int most = random.Next(1, 500);
        for (int at = 0; at < stream.Length;)
        {
            int count = Math.Min(random.Next(1, most + 1), stream.Length - at);
            twait(e => to.Send(stream.AsMemory(at, count), e));
            at += count;
            if (random.Next(2) == 0)
                twait(e => timer(TimeSpan.FromMilliseconds(random.Next(5)), e));
        }
        to.CloseSend();
        done.Trigger();
    }

    [Tamed] private static partial void ReadAll(Connection from, ReaderModel model, Random random, Event<int> read);

    private static void ReadAllBody(Connection from, ReaderModel model, Random random, Event<int> read)
    {
        using var closed = from;
        using var reader = new Reader(from, random.Next(1, 200));
        var buffer = new byte[300];
        while (!model.IsOver)
        {
            int what = random.Next(9);
            byte delimiter = what is 1 or 4 ? (byte)"\n;a"u8[random.Next(3)] : (byte)'\n';
            int count = random.Next(buffer.Length);
            try
            {
                if (what == 0 && reader.TryReadLine(out var line))
                    model.Line(line.Span, reader.Limit);
                else if (what == 1 && reader.TryReadUntil(delimiter, out var block))
                    model.Until(delimiter, block.Span, reader.Limit);
                else if (what == 2 && reader.TryRead(buffer.AsSpan(0, count), out int there))
                    model.Bytes(buffer.AsSpan(0, there));
                else if (what == 3)
                {
                    twait(e => reader.ReadLine(e.WithTimeout(TimeSpan.FromMilliseconds(random.Next(1, 8)))), out string? text);
                    model.Line(text, reader.Limit);
                }
                else if (what == 4)
                {
                    twait(e => reader.ReadUntil(delimiter, e.WithTimeout(TimeSpan.FromMilliseconds(random.Next(1, 8)))), out ReadOnlyMemory<byte> bytes);
                    model.Until(delimiter, bytes.Span, reader.Limit);
                }
                else if (what == 5)
                {
                    twait(e => reader.ReadExactly(buffer.AsMemory(0, count), e.WithTimeout(TimeSpan.FromMilliseconds(random.Next(1, 8)))));
                    model.Bytes(buffer.AsSpan(0, count));
                }
                else if (what == 6)
                {
                    twait(e => reader.Read(buffer.AsMemory(0, count), e.WithTimeout(TimeSpan.FromMilliseconds(random.Next(1, 8)))), out int some);
                    model.Bytes(buffer.AsSpan(0, some));
                }
                else if (what == 7)
                    twait(e => reader.Fill(e.WithTimeout(TimeSpan.FromMilliseconds(random.Next(1, 8)))));
                else if (what == 8)
                {
                    var unwanted = new Rendezvous();
                    reader.ReadExactly(buffer.AsMemory(0, count), mkevent(unwanted));
                    twait(e => asap(e));
                    if (unwanted.Ready != 0)
                    {
                        twait(unwanted);
                        model.Bytes(buffer.AsSpan(0, count));
                    }
                    unwanted.Cancel();
                }
            }
            catch (TimeoutException)
            {
            }
            catch (EndOfStreamException) when (what is 5 or 8)
            {
                model.Ends(count);
            }
            catch (EndOfStreamException) when (what == 4)
            {
                model.Ends(delimiter);
            }
            catch (InvalidDataException) when (what == 7)
            {
                Assert.True(reader.Buffered.Length > reader.Limit);
            }
            catch (InvalidDataException)
            {
                model.TooLong(delimiter, isLine: what is 0 or 3, reader.Limit);
                reader.Limit = random.Next(1, 400);
            }
            model.Buffered(reader);
        }
        read.Trigger(model.Position);
    }
}
