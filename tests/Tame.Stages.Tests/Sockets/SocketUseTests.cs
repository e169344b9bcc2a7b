using Tame.IO;

namespace Tame.Stages.Tests.Sockets;

public sealed partial class SocketUseTests
{
    [Fact]
    public void Other_threads_may_ask_and_the_order_of_each_is_kept() => EventLoop.Run(Threads, new EventLoopOptions { Network = new MemoryNetwork() });

    [Fact]
    public void The_stages_of_sockets_and_files_are_stages_of_a_graph() => Rig.Run(Graph);

    [Tamed]
    private static partial void Threads(Event done);

    private static void ThreadsBody(Event done)
    {
        twait(e => Rig.Pair(e), out Connection client, out Connection server);
        var sockets = new SocketStage("s", new() { Capacity = 10 });
        var writing = Task.WhenAll(Enumerable.Range(0, 3).Select(thread => Task.Run(() =>
        {
            for (int i = 0; i < 1000; i++)
            {
                while (sockets.TryWrite(server, new[] { (byte)thread, (byte)(i >> 8), (byte)i }, Event.Ignored) != EnqueueOutcome.Accepted)
                    Thread.Yield();
            }
        })));
        twait(e => Rig.ReceiveAll(client, 9000, e), out byte[] all);
        twait(writing);
        for (int thread = 0; thread < 3; thread++)
            Assert.Equal(Enumerable.Range(0, 1000), all.Chunk(3).Where(one => one[0] == thread).Select(one => one[1] << 8 | one[2]));
        Assert.Equal(1, sockets.Running);
        client.Dispose();
        twait(e => sockets.Stop(TimeSpan.Zero, e), out IReadOnlyList<SocketPacket> _);
        done.Trigger();
    }

    [Tamed]
    private static partial void Graph(Event done);

    private static void GraphBody(Event done)
    {
        twait(e => Rig.Pair(e), out Connection client, out Connection server);
        var sockets = new SocketStage("sockets");
        var files = new FileStage("files");
        var got = new Packets();
        var graph = new StageGraph("server").Connect(sockets, got.Stage).AddEnd(got.Stage).AddEnd(files);
        graph.Start();
        sockets.TryRead(server, got.Stage);
        twait(e => client.Send(Rig.Bytes(10), e));
        twait(e => files.TryWrite("/file", 0, Rig.Bytes(10), e));
        twait(e => Rig.Settle(e));
        Assert.Equal(
            [("files", 1L, 1L, 0), ("sockets", 1, 1, 1)],
            graph.Statistics.Where(one => one.Name != "packets").OrderBy(one => one.Name).Select(one => (one.Name, one.Accepted, one.Completed, one.Running)));
        twait(e => graph.Stop(TimeSpan.FromSeconds(10), e));
        Assert.True(sockets.IsStopping && files.IsStopping && server.IsClosed);
        Assert.Equal([SocketPacketKind.Closed], got.Ends);
        client.Dispose();
        done.Trigger();
    }
}
