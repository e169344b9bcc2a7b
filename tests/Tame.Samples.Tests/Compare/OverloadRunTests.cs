extern alias compare;
using System.Net;
using compare::Tame.Comparison.Overload;
using Tame.IO;
using Tame.Samples.Tests.LoadGenerator;

namespace Tame.Samples.Tests.Compare;

/// <summary>What the overload run sees of servers whose behavior is known, on a clock that jumps.</summary>
public sealed class OverloadRunTests
{
    private static readonly IPEndPoint s_somewhere = new(IPAddress.Loopback, 8080);

    [Fact]
    public void The_peak_is_what_the_server_can_serve()
    {
        Assert.Equal(100, Overload(room: null).Peak(s_somewhere), 1.0);
    }

    [Fact]
    public void A_server_that_turns_clients_away_keeps_its_throughput_and_its_response_time()
    {
        var points = Overload(room: 10).Measure("held", s_somewhere, 100, (_, _) => { }).ToList();
        Assert.Equal([(0.5, false), (10, false), (0.5, true)], points.Select(point => (point.Load, point.IsAfter)));
        var (low, high) = (points[0], points[1]);
        Assert.Equal((50, 0, 0, 0), (low.AdmittedPerSecond, low.RefusedPerSecond, low.Failed, low.Unsent));
        Assert.InRange(low.Milliseconds.P90, 9.9, 10.1);
        Assert.Equal((1000, 0, 0), (high.OfferedPerSecond, high.Failed, high.Unsent));
        Assert.InRange(high.AdmittedPerSecond, 98, 102);
        Assert.InRange(high.RefusedPerSecond, 898, 902);
        Assert.InRange(high.Milliseconds.P90, 90, 101);        // ten requests of 10 ms are before it at most
        Assert.InRange(high.SentP90, 90, 101);
        Assert.InRange(high.RefusedP99, 0, 0.1);
        Assert.InRange(high.Fairness, 0.01, 1);
    }

    [Fact]
    public void A_server_that_takes_all_collapses()
    {
        var high = Overload(room: null).Measure("free", s_somewhere, 100, (_, _) => { }).ElementAt(1);
        Assert.Equal(0, high.RefusedPerSecond);
        Assert.True(high.Milliseconds.P90 > 4000, $"{high.Milliseconds.P90} ms");
        Assert.True(high.Failed + high.Unsent > 1000, $"{high.Failed} failed, {high.Unsent} were not sent");
    }

    [Fact]
    public void Each_rate_is_told_before_it_is_offered()
    {
        List<string> told = [];
        foreach (var point in Overload(room: 10).Measure("held", s_somewhere, 100, (step, time) => told.Add($"{time.TotalSeconds} s: {step}")))
            Assert.Contains(point.Load.ToString(System.Globalization.CultureInfo.InvariantCulture), told[^1], StringComparison.Ordinal);
        Assert.Equal(["10 s", "62 s", "8 s"], told.Select(one => one.Split(':')[0]));
        Assert.EndsWith("after the highest rate", told[2], StringComparison.Ordinal);
    }

    private static OverloadRun Overload(int? room) => new(options => LoadInMemory.Run(new BottleneckServer(room).Serve, options), new OverloadPlan([0.5, 10], TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(60), TimeSpan.FromMilliseconds(400)));
}

/// <summary>Serves one request after the other, each in 10 ms. Where it has room for so many only, further ones are turned away at once.</summary>
internal sealed partial class BottleneckServer(int? room)
{
    private readonly CountingSemaphore _worker = new(1);
    private int _inside;

    [Tamed] public partial void Serve(Connection connection, Event done);

    private void ServeBody(Connection connection, Event done)
    {
        using var reader = new Reader(connection);
        using var writer = new Writer(connection);
        while (true)
        {
            twait(e => reader.ReadLine(e), out string? line);
            if (line is null)
                break;
            if (line.Length > 0)
                continue;
            bool admitted = !(_inside >= room);
            if (admitted)
                twait(e => Work(e));
            writer.Write(admitted ? "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok" : "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n");
            twait(e => writer.Flush(e));
        }
        done.Trigger();
    }

    [Tamed] private partial void Work(Event done);

    private void WorkBody(Event done)
    {
        _inside++;
        twait(e => _worker.Acquire(e));
        twait(e => timer(TimeSpan.FromMilliseconds(10), e));
        _worker.Release();
        _inside--;
        done.Trigger();
    }
}
