using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Tame.Language.Tests.Observing;

/// <summary>What OpenTelemetry's own exporter gets of tamed calls.</summary>
public sealed partial class OpenTelemetryTests
{
    private const string Here = "Tame.Language.Tests.Observing.OpenTelemetryTests.";

    [Fact]
    public void One_logical_call_is_one_tree_across_its_waits()
    {
        var exported = new List<Activity>();
        using (Sdk.CreateTracerProviderBuilder().AddSource("Tame").AddSource("Test").AddInMemoryExporter(exported).Build())
        using (var source = new ActivitySource("Test"))
        using (source.StartActivity("request"))
            EventLoop.Run(Serve, new EventLoopOptions { VirtualTime = true, TraceCalls = true });
        Assert.Equal(
            """
            request
              Serve
                Load
                  Read
                  Read
                Load: Error no file 13
                  Read

            """,
            Tree(exported));
        Assert.Equal("alice", Assert.Single(exported, span => span.OperationName == Here + nameof(Serve)).GetTagItem("user"));
    }

    [Fact]
    public void The_meter_is_exported()
    {
        long blocked = 0;
        var exported = new List<Metric>();
        using var provider = Sdk.CreateMeterProviderBuilder().AddMeter("Tame").AddInMemoryExporter(exported).Build();
        EventLoop.Run(
            done => DoWhileWaiting(
                () =>
                {
                    provider.ForceFlush();
                    blocked = Blocked(exported);
                },
                done),
            new EventLoopOptions { VirtualTime = true, Name = "exported" });
        provider.ForceFlush();
        var names = exported.Select(metric => metric.Name).ToHashSet();
        Assert.Superset(new HashSet<string> { "tame.loop.calls.blocked", "tame.loop.events.made", "tame.loop.pass.duration", "tame.loop.ready.delay", "tame.loop.busy.time" }, names);
        Assert.Equal(1, blocked);
    }

    [Tamed] private static partial void Serve(Event done);

    private static void ServeBody(Event done)
    {
        Activity.Current!.SetBaggage("user", "alice");
        twait(e => Load(1, e), out int first);
        try
        {
            twait(e => Load(12, e), out first);
        }
        catch (FileNotFoundException)
        {
        }
        Activity.Current!.SetTag("user", Activity.Current.GetBaggageItem("user"));
        done.Trigger();
    }

    [Tamed] private static partial void Load(int name, Event<int> length);

    private static void LoadBody(int name, Event<int> length)
    {
        twait(e => Read(name, e), out int half);
        if (name > 10)
            throw new FileNotFoundException($"no file {half}");
        twait(e => Read(name, e), out int other);
        length.Trigger(half + other);
    }

    [Tamed] private static partial void Read(int name, Event<int> length);

    private static void ReadBody(int name, Event<int> length)
    {
        twait(e => timer(TimeSpan.FromMilliseconds(10), e));
        length.Trigger(name + 1);
    }

    [Tamed] private static partial void DoWhileWaiting(Action action, Event done);

    private static void DoWhileWaitingBody(Action action, Event done)
    {
        EventLoop.Current!.Post(action);
        twait(e => timer(TimeSpan.FromHours(1), e));
        done.Trigger();
    }

    private static long Blocked(List<Metric> exported)
    {
        foreach (ref readonly var point in exported.Single(metric => metric.Name == "tame.loop.calls.blocked").GetMetricPoints())
        {
            foreach (var tag in point.Tags)
            {
                if (tag is { Key: "tame.loop.name", Value: "exported" })
                    return point.GetSumLong();
            }
        }
        return -1;
    }

    private static string Tree(List<Activity> spans)
    {
        var text = new StringWriter { NewLine = "\n" };
        Write(default, depth: 0);
        return text.ToString();

        void Write(ActivitySpanId parent, int depth)
        {
            foreach (var span in spans.Where(span => span.ParentSpanId == parent).OrderBy(span => span.StartTimeUtc))
            {
                text.Write(new string(' ', 2 * depth) + span.OperationName.Replace(Here, ""));
                text.WriteLine(span.Status == ActivityStatusCode.Unset ? "" : $": {span.Status} {span.StatusDescription}");
                Write(span.SpanId, depth + 1);
            }
        }
    }
}
