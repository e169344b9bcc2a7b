#pragma warning disable xUnit1051 // the loop ends the waits
using System.Net;
using Knot;
using Tame.IO;

namespace Tame.Samples.Tests.Knot;

/// <summary>Tests that count what is allocated run while no others do.</summary>
[CollectionDefinition(nameof(KnotAllocationTests), DisableParallelization = true)]
[Collection(nameof(KnotAllocationTests))]
public sealed partial class KnotAllocationTests
{
    private const int Clients = 100;
    private const int Warmup = 100;
    private const int Rounds = 300;
    private static readonly byte[] s_request = "GET /a.txt HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\n\r\n"u8.ToArray();
    private static long s_allocated;

    /// <summary>The requests of all clients arrive in one pass of the loop, so the server holds their bytes at the same time.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_file_for_many_clients_at_once_allocates_nothing(bool isCompressed)
    {
        using var root = new TemporaryRoot();
        root.Write("a.txt", "hello");
        if (isCompressed)
            root.Write("a.txt.gz", "squeezed");
        s_allocated = -1;
        EventLoop.Run(done => Serve(root.Path, done));
        Assert.Equal(0, s_allocated / (Clients * Rounds));     // a pool may grow once in a while
    }

    [Tamed] private static partial void Serve(string root, Event done);

    private static void ServeBody(string root, Event done)
    {
        var server = new Server(new KnotOptions { Port = 0, Root = root, RecheckAfter = TimeSpan.FromHours(1) }, TextWriter.Null);
        server.Listen();
        using (twait())
        {
            server.Run(mkevent());
            Measure(server, mkevent());
        }
        done.Trigger();
    }

    [Tamed] private static partial void Measure(Server server, Event done);

    private static void MeasureBody(Server server, Event done)
    {
        var connections = new Connection[Clients];
        for (int i = 0; i < Clients; i++)
            twait(e => Network.Current.Connect(new IPEndPoint(IPAddress.Loopback, server.Address.Port), e), out connections[i]);
        byte[] answer = new byte[4096];
        int[] counts = new int[Clients];
        long before = 0;
        int size = 0;
        for (int round = 0; round < Warmup + Rounds; round++)
        {
            if (round == Warmup)
                before = GC.GetAllocatedBytesForCurrentThread();
            using (twait())
            {
                for (int i = 0; i < Clients; i++)
                    connections[i].Send(s_request, mkevent());
            }
            using (twait())
            {
                for (int i = 0; i < Clients; i++)
                    connections[i].Receive(answer, mkevent(out counts[i]));
            }
            if (size == 0)
                size = counts[0];
            for (int i = 0; i < Clients; i++)
            {
                if (counts[i] != size)
                    Assert.Fail($"An answer has {counts[i]} bytes, and the first one has {size}.");
            }
        }
        s_allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        foreach (var connection in connections)
            connection.Dispose();
        server.Stop();
        done.Trigger();
    }
}
