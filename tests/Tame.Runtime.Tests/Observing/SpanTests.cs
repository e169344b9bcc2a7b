using System.Diagnostics;
using static Tame.Primitives;

namespace Tame.Runtime.Tests.Observing;

public sealed class SpanTests
{
    private static readonly EventLoopOptions s_traced = new() { VirtualTime = true, TraceCalls = true };

    [Fact]
    public void Calls_and_their_callees_are_one_tree_across_waits()
    {
        using var trace = new Trace();
        EventLoop.Run(
            done => Call.Blocks(
                done,
                outer => Call.Blocks(outer.Make(1), inner => timer(TimeSpan.FromSeconds(1), inner.Make(2)), inner => timer(TimeSpan.FromSeconds(1), inner.Make(3))),
                outer => Call.Blocks(outer.Make(4), inner => timer(TimeSpan.FromSeconds(1), inner.Make(5)))),
            s_traced);
        var spans = trace.Stopped();
        Assert.Equal(3, spans.Count);
        var root = spans[^1];
        Assert.Equal(trace.Root.SpanId, root.ParentSpanId);
        Assert.All(spans[..^1], span => Assert.Equal(root.SpanId, span.ParentSpanId));
        Assert.All(spans, span => Assert.Equal(("Tests.Call", ActivityStatusCode.Unset), (span.OperationName, span.Status)));
        Assert.Same(trace.Root, Activity.Current);
    }

    [Fact]
    public void The_span_is_current_in_its_body_and_only_there_and_baggage_survives_waits()
    {
        using var trace = new Trace();
        trace.Root.AddBaggage("user", "42");
        List<string?> seen = [];
        Activity? first = null, second = null, beside = null;
        EventLoop.Run(
            done =>
            {
                EventLoop.Current!.Post(() => beside = Activity.Current);
                Call.Blocks(
                    done,
                    c =>
                    {
                        first = Activity.Current;
                        timer(TimeSpan.FromSeconds(1), c.Make(1));
                    },
                    c =>
                    {
                        second = Activity.Current;
                        seen.Add(Activity.Current?.GetBaggageItem("user"));
                    });
                Assert.Same(trace.Root, Activity.Current);
            },
            s_traced);
        Assert.NotSame(trace.Root, first);
        Assert.Same(first, second);
        Assert.Equal(["42"], seen);
        Assert.Same(trace.Root, beside);
    }

    [Fact]
    public void A_failure_is_the_status_of_the_span()
    {
        using var trace = new Trace();
        Assert.Throws<ArithmeticException>(() => EventLoop.Run(
            done => Call.Blocks(done, c => timer(TimeSpan.FromSeconds(1), c.Make(1)), _ => throw new ArithmeticException("no")),
            s_traced));
        var span = Assert.Single(trace.Stopped());
        Assert.Equal((ActivityStatusCode.Error, "no"), (span.Status, span.StatusDescription));
        Assert.Equal("exception", Assert.Single(span.Events).Name);
    }

    [Fact]
    public void A_failure_before_the_first_wait_is_one_too()
    {
        using var trace = new Trace();
        Assert.Throws<ArithmeticException>(() => EventLoop.Run(done => Call.Blocks(done, _ => throw new ArithmeticException("at once")), s_traced));
        Assert.Equal("at once", Assert.Single(trace.Stopped()).StatusDescription);
        Assert.Same(trace.Root, Activity.Current);
    }

    [Fact]
    public void A_call_that_the_end_of_the_loop_abandons_has_a_failed_span()
    {
        using var trace = new Trace();
        EventLoop.Run(
            done =>
            {
                Call.Blocks(default, c => timer(TimeSpan.FromHours(1), c.Make(1)));
                done.Trigger();
            },
            new EventLoopOptions { VirtualTime = true, TraceCalls = true, OnExit = ExitBehavior.Abandon });
        Assert.Equal(ActivityStatusCode.Error, Assert.Single(trace.Stopped()).Status);
    }

    [Fact]
    public void Code_of_another_trace_that_ends_a_wait_is_linked()
    {
        using var trace = new Trace();
        using var stranger = new Activity("stranger");
        Event e = default;
        EventLoop.Run(
            done =>
            {
                Call.Blocks(done, c => e = c.Make(1));
                EventLoop.Current!.Post(() =>
                {
                    Activity.Current = null;
                    stranger.Start();
                    e.Trigger();
                    stranger.Stop();
                });
            },
            s_traced);
        var span = Assert.Single(trace.Stopped());
        Assert.Equal(stranger.Context, Assert.Single(span.Links).Context);
        Assert.NotEqual(stranger.TraceId, span.TraceId);
    }

    [Fact]
    public void Without_the_option_there_are_none()
    {
        using var trace = new Trace();
        Loops.RunBlocks(c => timer(TimeSpan.FromSeconds(1), c.Make(1)));
        Assert.Empty(trace.Stopped());
    }

    /// <summary>Samples the spans below a separate root.</summary>
    private sealed class Trace : IDisposable
    {
        private readonly List<Activity> _stopped = [];
        private readonly ActivityListener _listener;

        public Trace()
        {
            _listener = new ActivityListener
            {
                ShouldListenTo = source => source.Name == "Tame",
                Sample = (ref ActivityCreationOptions<ActivityContext> options) =>
                    options.TraceId == Root?.TraceId ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.None,
                ActivityStopped = span =>
                {
                    if (span.TraceId == Root?.TraceId)
                        _stopped.Add(span);
                },
            };
            Root = new Activity("root").SetIdFormat(ActivityIdFormat.W3C).Start();
            ActivitySource.AddActivityListener(_listener);
        }

        public Activity Root { get; }

        public List<Activity> Stopped() => _stopped;

        public void Dispose()
        {
            Root.Stop();
            _listener.Dispose();
        }
    }
}
