using Tame.IO;

namespace Tame.Stages.Tests.Sockets;

public sealed partial class FileStageTests
{
    [Fact]
    public void What_is_written_by_path_is_read_by_path_in_memory() => Rig.Run(done => ByPath("/file", done));

    [Fact]
    public void What_is_written_by_path_is_read_by_path_on_disk()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            EventLoop.Run(done => ByPath(path, done), new EventLoopOptions { Network = new SocketNetwork() });
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void An_open_file_is_read_for_a_sink_with_the_state_of_the_request() => Rig.Run(Open);

    [Fact]
    public void A_failure_is_a_packet_for_a_sink_and_fails_an_event() => Rig.Run(Failing);

    [Fact]
    public void A_sink_without_room_keeps_requests_under_way_and_the_queue_refuses_then() => Rig.Run(Pressed);

    [Fact]
    public void A_stop_hands_back_results_and_reads_that_no_sink_took_and_fails_events() => Rig.Run(Stopped);

    [Fact]
    public void A_stop_with_time_completes_all() => Rig.Run(Drained);

    [Tamed]
    private static partial void ByPath(string path, Event done);

    private static void ByPathBody(string path, Event done)
    {
        var files = new FileStage("files", new() { MaxRead = 1000, MaxConcurrency = 3 });
        using (twait())
        {
            for (int i = 0; i < 10; i++)
                Assert.Equal(EnqueueOutcome.Accepted, files.TryWrite(path, i * 100, Rig.Bytes(100, i * 100), mkevent()));
        }
        var packets = new FilePacket[2];
        using (twait())
        {
            files.TryRead(path, 0, 1000, mkevent(out packets[0]));
            files.TryRead(path, 900, 1000, mkevent(out packets[1]));
        }
        Assert.Equal(Rig.Bytes(1000), packets[0].Bytes.ToArray());
        Assert.Equal(Rig.Bytes(1000)[900..], packets[1].Bytes.ToArray());
        packets[0].Dispose();
        Assert.Throws<ObjectDisposedException>(() => packets[0].Bytes);
        twait(e => files.Stop(Timeout.InfiniteTimeSpan, e), out IReadOnlyList<FilePacket> left);
        Assert.Empty(left);
        Assert.Equal((12, 12, 0), (files.Traffic.Accepted, files.Statistics.Completed, files.Traffic.Failed));
        Assert.Equal(EnqueueOutcome.Stopping, files.TryWrite(path, 0, Rig.Bytes(1), Event.Ignored));
        done.Trigger();
    }

    [Tamed]
    private static partial void Open(Event done);

    private static void OpenBody(Event done)
    {
        twait(e => Network.Current.Files.Open("/file", FileMode.Create, FileAccess.ReadWrite, e), out RandomAccessFile file);
        using var closing = file;
        var files = new FileStage("files");
        var got = new List<string>();
        var sink = Stage.OnLoop<FilePacket>("read", (packet, end) =>
        {
            got.Add($"{packet.State} {packet.Path} {packet.Offset} {packet.Bytes.Length}");
            packet.Dispose();
            end.Trigger();
        });
        twait(e => files.TryWrite(file, 0, Rig.Bytes(250), e));
        for (int i = 0; i < 4; i++)
            Assert.Equal(EnqueueOutcome.Accepted, files.TryRead(file, i * 100, 100, sink, i));
        Assert.Throws<ArgumentOutOfRangeException>(() => files.TryRead(file, 0, 65537, sink, null));
        twait(e => Rig.Settle(e));
        Assert.Equal(["0 /file 0 100", "1 /file 100 100", "2 /file 200 50", "3 /file 300 0"], got);
        done.Trigger();
    }

    [Tamed]
    private static partial void Failing(Event done);

    private static void FailingBody(Event done)
    {
        var files = new FileStage("files");
        var errors = new List<Exception?>();
        var sink = Stage.OnLoop<FilePacket>("read", (packet, end) =>
        {
            errors.Add(packet.Error);
            end.Trigger();
        });
        using var r = new Rendezvous();
        files.TryRead("/missing", 0, 10, sink, null);
        files.TryRead("/missing", 0, 10, mkevent(r, out FilePacket _));
        twait(r, out Exception? error);
        Assert.IsType<FileNotFoundException>(error);
        Assert.IsType<FileNotFoundException>(Assert.Single(errors));
        Assert.Equal((2, 0), (files.Traffic.Failed, files.Running));
        done.Trigger();
    }

    [Tamed]
    private static partial void Pressed(Event done);

    private static void PressedBody(Event done)
    {
        var files = new FileStage("files", new() { Capacity = 3, MaxConcurrency = 2 });
        twait(e => files.TryWrite("/file", 0, Rig.Bytes(100), e));
        var held = new Queue<Event>();
        var sink = Stage.OnLoop<FilePacket>("read", (packet, end) =>
        {
            packet.Dispose();
            held.Enqueue(end);
        }, new() { Capacity = 1 });
        for (int i = 0; i < 3; i++)
            Assert.Equal(EnqueueOutcome.Accepted, files.TryRead("/file", 0, 10, sink, i));
        twait(e => Rig.Settle(e));
        for (int i = 3; i < 7; i++)
        {
            Assert.Equal(EnqueueOutcome.Accepted, files.TryRead("/file", 0, 10, sink, i));
            twait(e => Rig.Settle(e));
        }
        Assert.Equal((2, 3), (files.Running, files.Length));
        Assert.Equal(EnqueueOutcome.Full, files.TryRead("/file", 0, 10, sink, 7));
        int handled = 0;
        while (held.TryDequeue(out var end))
        {
            Assert.InRange(files.Running, 0, 2);
            end.Trigger();
            handled++;
            twait(e => Rig.Settle(e));
        }
        Assert.Equal((7, 0, 0), (handled, files.Running, files.Length));
        done.Trigger();
    }

    [Tamed]
    private static partial void Stopped(Event done);

    private static void StoppedBody(Event done)
    {
        var files = new FileStage("files", new() { MaxConcurrency = 2 });
        twait(e => files.TryWrite("/file", 0, Rig.Bytes(100), e));
        var sink = Stage.OnLoop<FilePacket>("read", (_, _) => Assert.Fail("It is full."), new() { Capacity = 1, IsPaused = true });
        using var r = new Rendezvous<string>();
        for (int i = 0; i < 4; i++)
            files.TryRead("/file", i, 10, sink, i);
        files.TryRead("/file", 0, 10, mkevent(r, "read", out FilePacket _));
        files.TryWrite("/file", 0, Rig.Bytes(1), mkevent(r, "written"));
        twait(e => Rig.Settle(e));
        twait(e => files.Stop(TimeSpan.FromSeconds(5), e), out IReadOnlyList<FilePacket> left);
        Assert.Equal([1, 2, 3], left.Select(packet => packet.State).Order());      // the sink has the first
        var done2 = left.Where(packet => packet.Error is null).ToList();
        Assert.Equal([1, 2], done2.Select(packet => packet.State).Order());
        Assert.Equal(Rig.Bytes(100)[1..11], done2.Single(packet => packet.State is 1).Bytes.ToArray());
        Assert.IsType<OperationCanceledException>(left.Single(packet => packet.State is 3).Error);
        for (int i = 0; i < 2; i++)
        {
            twait(r, out string _, out Exception? error);
            Assert.IsType<OperationCanceledException>(error);
        }
        Assert.Equal(0, files.Running);
        Assert.Same(left, files.Left);
        done.Trigger();
    }

    [Tamed]
    private static partial void Drained(Event done);

    private static void DrainedBody(Event done)
    {
        var files = new FileStage("files", new() { MaxConcurrency = 2 });
        using var r = new Rendezvous();
        for (int i = 0; i < 10; i++)
            files.TryWrite("/file", i * 10, Rig.Bytes(10, i * 10), mkevent(r));
        twait(e => files.Stop(TimeSpan.FromSeconds(5), e), out IReadOnlyList<FilePacket> left);
        Assert.Empty(left);
        Assert.Equal((10, 0), (r.Ready, r.Waiting));
        done.Trigger();
    }
}
