using System.Net;
using Tame.IO;

namespace Tame.Http.Tests.Serving;

/// <summary>Tests that count what is allocated run while no others do.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

/// <summary>In the steady state nothing is allocated for a request, on the server's side and on that of a client that is written with Tame.</summary>
[Collection(nameof(Alone))]
public sealed partial class AllocationTests
{
    private const int Warmup = 3000;
    private const int Rounds = 20_000;
    private static readonly PreparedResponse s_prepared = new(200, "text/plain", new byte[1000]);
    private static long s_allocated;

    [Fact]
    public void A_prepared_answer_allocates_nothing() => AssertNone((exchange, done) =>
    {
        exchange.Response.Answer(s_prepared);
        done.Trigger();
    }, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");

    [Fact]
    public void An_answer_with_fields_allocates_nothing() => AssertNone((exchange, done) =>
    {
        exchange.Response.AddField("X"u8, exchange.Request.PathBytes);
        exchange.Response.Write("text"u8);
        done.Trigger();
    }, "GET / HTTP/1.1\r\nHost: a\r\nAccept: */*\r\n\r\n");

    [Fact]
    public void A_body_both_ways_in_chunks_allocates_nothing() => AssertNone(InChunks, "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n");

    [Fact]
    public void A_body_that_comes_late_allocates_nothing() => AssertNone(InChunks, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\n\r\nabc", "def");

    [Fact]
    public void An_answer_that_asks_again_and_again_for_the_stop_keeps_nothing()
    {
        s_allocated = -1;
        Servers.Ask(Servers.Memory, AskAgain, null, Servers.Bytes("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"));
        Assert.Equal(0, s_allocated / Rounds);
    }

    /// <summary>As a stream does: its wait ends because the next event is due.</summary>
    [Tamed] private static partial void AskAgain(HttpExchange exchange, Event done);

    private static void AskAgainBody(HttpExchange exchange, Event done)
    {
        long before = 0;
        for (int round = 0; round < Warmup + Rounds; round++)
        {
            if (round == Warmup)
                before = GC.GetAllocatedBytesForCurrentThread();
            using (twait())
                AskOnce(exchange, mkevent());
        }
        s_allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        done.Trigger();
    }

    private static void AskOnce(HttpExchange exchange, Event stopping)
    {
        exchange.WhenStopping(stopping);
        stopping.Trigger();
    }

    [Tamed] private static partial void InChunks(HttpExchange exchange, Event done);

    private static void InChunksBody(HttpExchange exchange, Event done)
    {
        twait(e => exchange.Request.ReadAll(100, e), out ReadOnlyMemory<byte> body);
        exchange.Response.Write(body.Span);
        twait(e => exchange.Response.Flush(e));
        twait(e => asap(e));
        exchange.Response.Write(body.Span);
        done.Trigger();
    }

    private static void AssertNone(Action<HttpExchange, Event> handler, string request, string rest = "")
    {
        s_allocated = -1;
        Servers.Run(Servers.System, handler, null, (listener, done) => Measure(listener.LocalEndPoint, Servers.Bytes(request), Servers.Bytes(rest), done));
        Assert.Equal(0, s_allocated / Rounds);      // a pool may grow once in a while
    }

    [Tamed] private static partial void Measure(EndPoint server, byte[] request, byte[] late, Event done);

    private static void MeasureBody(EndPoint server, byte[] request, byte[] late, Event done)
    {
        twait(e => Network.Current.Connect(server, e), out Connection connection);
        using var closing = connection;
        byte[] buffer = new byte[4096];
        long before = 0;
        int size = 0;
        for (int round = 0; round < Warmup + Rounds; round++)
        {
            if (round == Warmup)
                before = GC.GetAllocatedBytesForCurrentThread();
            twait(e => connection.Send(request, e));
            if (late.Length != 0)
            {
                for (int i = 0; i < 3; i++)
                    twait(e => asap(e));
                twait(e => connection.Send(late, e));
            }
            int count = 0;
            do
            {
                twait(e => connection.Receive(buffer.AsMemory(count), e), out int part);
                count += part;
                if (round == 0 && size == 0)
                {
                    // How long an answer is, is known when no more of it comes.
                    twait(e => timer(TimeSpan.FromMilliseconds(50), e));
                    if (connection.TryReceive(buffer.AsSpan(count), out int rest))
                        count += rest;
                    size = count;
                }
            }
            while (count < size);
        }
        s_allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        done.Trigger();
    }
}
