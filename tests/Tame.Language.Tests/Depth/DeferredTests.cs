namespace Tame.Language.Tests.Depth;

/// <summary>What a call that starts later has in common with one that starts on the spot, and how it ends with its loop. Here each call starts later.</summary>
public sealed partial class DeferredTests
{
    private static readonly AsyncLocal<string?> s_context = new();

    [Theory]
    [InlineData(false, "begins 1 ends 1 goes on")]
    [InlineData(true, "goes on begins 1 ends 1")]
    public void The_caller_goes_on_and_the_call_starts_behind_what_is_ready(bool isLater, string expected) => Assert.Equal(expected, Traced(isLater, trace => done =>
    {
        Nests(trace, 1, done);
        trace.Add("goes on");
    }));

    [Fact]
    public void It_has_the_context_of_its_caller() => Assert.Equal("caller", Traced(true, trace => done =>
    {
        s_context.Value = "caller";
        Sees(trace, done);
        s_context.Value = "changed";
    }));

    [Fact]
    public void Its_failure_goes_to_its_event() =>
        Assert.Equal("failed", Assert.Throws<TimeoutException>(() => Traced(true, _ => done => Fails(1, done))).Message);

    [Fact]
    public void Its_events_are_not_lost_while_it_is_in_the_queue() => Assert.Equal("begins 1 ends 1", Traced(true, trace => done =>
    {
        Nests(trace, 1, done);
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }));

    [Theory]
    [InlineData(ExitBehavior.Cancel, "cancelled")]
    [InlineData(ExitBehavior.Abandon, "")]
    public void A_call_that_has_not_begun_when_the_loop_ends_never_does(ExitBehavior onExit, string expected)
    {
        var trace = new List<string>();
        On(isLater: true, () =>
        {
            using var loop = new EventLoop(new EventLoopOptions { OnExit = onExit });
            Waits(trace, default);
        });
        Assert.Equal(expected, string.Join(' ', trace));
    }

    [Tamed] private static partial void Nests(List<string> trace, int depth, Event done);

    private static void NestsBody(List<string> trace, int depth, Event done)
    {
        trace.Add($"begins {depth}");
        if (depth > 5)
            twait(e => Nests(trace, depth - 1, e));
        trace.Add($"ends {depth}");
        done.Trigger();
    }

    [Tamed] private static partial void Sees(List<string> trace, Event done);

    private static void SeesBody(List<string> trace, Event done)
    {
        trace.Add(s_context.Value ?? "nothing");
        if (trace.Count > 5)
            Sees(trace, done);
        done.Trigger();
    }

    [Tamed] private static partial void Fails(int depth, Event done);

    private static void FailsBody(int depth, Event done)
    {
        if (depth > 5)
            Fails(depth - 1, done);
        throw new TimeoutException("failed");
    }

    [Tamed] private static partial void Waits(List<string> trace, Event done);

    private static void WaitsBody(List<string> trace, Event done)
    {
        try
        {
            using (twait()) Deep(trace, 1, mkevent());
        }
        catch (OperationCanceledException)
        {
            trace.Add("cancelled");
        }

        done.Trigger();
    }

    [Tamed] private static partial void Deep(List<string> trace, int depth, Event done);

    private static void DeepBody(List<string> trace, int depth, Event done)
    {
        trace.Add("begun");
        if (depth > 5)
            Deep(trace, depth - 1, done);
        done.Trigger();
    }

    private static string Traced(bool isLater, Func<List<string>, Action<Event>> main)
    {
        var trace = new List<string>();
        On(isLater, () => EventLoop.Run(done => main(trace)(done)));
        return string.Join(' ', trace);
    }

    private static void On(bool isLater, Action action)
    {
        Exception? thrown = null;
        var thread = new Thread(() =>
        {
            StackLimit.IsAlwaysShort = isLater;
            thrown = Record.Exception(action);
        });
        thread.Start();
        thread.Join();
        if (thrown is not null)
            throw thrown;
    }
}
