using System.Diagnostics.Metrics;
using Tame.IO;

namespace Tame.Stages.Tests.Sockets;

/// <summary>How long requests of the stages for input and output wait, and how long they are in service.</summary>
public sealed partial class RequestTimeTests
{
    [Fact]
    public void A_request_for_a_file_waits_for_its_turn_and_is_in_service_until_a_sink_has_its_packet() => Rig.Run(Files);

    [Fact]
    public void A_write_to_a_connection_is_in_service_until_the_system_has_its_bytes() => Rig.Run(Writes, buffer: 100);

    [Fact]
    public void A_listener_of_the_meter_gets_the_times_of_each_request() => Rig.Run(Metered);

    [Tamed]
    private static partial void Files(Event done);

    private static void FilesBody(Event done)
    {
        var files = new FileStage("files", new() { MaxConcurrency = 1 });
        var sink = Stage.OnLoop<FilePacket>("sink", Second, new() { Capacity = 1 });
        for (int i = 0; i < 6; i++)
            files.TryRead("/missing", 0, 10, sink, null);
        twait(e => timer(TimeSpan.FromSeconds(9), e));
        var told = files.Statistics;
        Assert.Equal(6, told.Completed);
        // The sink handles a packet a second and keeps another, so the first two find room. Of the others, one is in service for a second while the rest wait.
        AssertNear(1, told.ServiceTime.P50);
        AssertNear(1, told.ServiceTime.P99);
        Assert.Equal(TimeSpan.Zero, told.WaitingTime.P50);
        AssertNear(3, told.WaitingTime.P90);
        done.Trigger();
    }

    [Tamed]
    private static partial void Writes(Event done);

    private static void WritesBody(Event done)
    {
        twait(e => Rig.Pair(e), out Connection client, out Connection server);
        using var closing = client;
        var sockets = new SocketStage("sockets");
        Assert.Equal(default, sockets.Statistics.ServiceTime);
        sockets.TryWrite(server, Rig.Bytes(150), Event.Ignored);
        twait(e => timer(TimeSpan.FromSeconds(2), e));
        twait(e => Rig.ReceiveAll(client, 150, e), out byte[] _);
        twait(e => Rig.Settle(e));
        var told = sockets.Statistics;
        Assert.Equal(1, told.Completed);
        AssertNear(2, told.ServiceTime.P50);
        Assert.Equal(TimeSpan.Zero, told.WaitingTime.P99);
        sockets.TryAbort(server, Event.Ignored);
        twait(e => Rig.Settle(e));
        AssertNear(2, sockets.Statistics.ServiceTime.P99);
        Assert.Equal(TimeSpan.Zero, sockets.Statistics.ServiceTime.P50);
        done.Trigger();
    }

    [Tamed]
    private static partial void Metered(Event done);

    private static void MeteredBody(Event done)
    {
        string name = $"metered {Guid.NewGuid()}";
        var recorded = new List<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name is "tame.stage.wait.duration" or "tame.stage.service.duration")
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) =>
        {
            if (Equals(tags[0].Value, name))
                recorded.Add($"{instrument.Name} {value}");
        });
        listener.Start();
        var files = new FileStage(name);
        twait(e => files.TryWrite("/file", 0, Rig.Bytes(10), e));
        Assert.Equal(["tame.stage.wait.duration 0", "tame.stage.service.duration 0"], recorded);
        done.Trigger();
    }

    [Tamed]
    private static partial void Second(FilePacket packet, Event done);

    private static void SecondBody(FilePacket packet, Event done)
    {
        packet.Dispose();
        twait(e => timer(TimeSpan.FromSeconds(1), e));
        done.Trigger();
    }

    private static void AssertNear(double seconds, TimeSpan told) => Assert.InRange(told.TotalSeconds, seconds * (1 - 1 / 64.0), seconds * (1 + 1 / 64.0));
}
