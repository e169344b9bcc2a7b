using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Tame.Language.Tests.Depth;

/// <summary>
/// Recursion a million deep, on small stacks and on that of the main thread. The collector reads a million live closures each time, so these tests run alone.
/// </summary>
[Collection(nameof(Alone))]
public sealed class DepthTests
{
    private const string OnMain = "TAME_TEST_DEPTH";
    private const int Small = 256 * 1024;

    /// <summary>Each call throws, which takes some microseconds.</summary>
    private const int Rethrown = 100_000;

    public static TheoryData<string> Kinds => [.. Recursions.Kinds];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_million_calls_end_on_a_small_stack(string kind)
    {
        int depth = 0;
        On(Small, () => depth = Recursions.Run(kind));
        Assert.Equal(Recursions.Deepest, depth);
    }

    /// <summary>In a process of its own, before its Main runs.</summary>
    [Fact]
    public async Task A_million_calls_end_on_the_main_thread()
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
            start.ArgumentList.Add(typeof(DepthTests).Assembly.Location);
        start.Environment[OnMain] = "1";
        using var child = Process.Start(start)!;
        var errors = child.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await child.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.Equal(string.Concat(Recursions.Kinds.Select(kind => $"{kind}: {Recursions.Deepest}\n")), output + await errors);
    }

    [Fact]
    public void A_failure_at_the_bottom_crosses_a_million_calls() =>
        On(Small, () => Assert.Equal("at the bottom", Assert.Throws<TimeoutException>(() => EventLoop.Run(done => Failing.Crosses(Recursions.Deepest, done))).Message));

    [Fact]
    public void A_failure_at_the_bottom_is_thrown_again_by_each_call()
    {
        Failing.Left = 0;
        On(Small, () => Assert.Equal("at the bottom", Assert.Throws<TimeoutException>(() => EventLoop.Run(done => Failing.Unwinds(Rethrown, done))).Message));
        Assert.Equal(Rethrown, Failing.Left);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_failure_that_no_event_takes_goes_to_UnhandledException_where_the_call_was_deferred(bool isLate) => On(Small, () =>
    {
        using var loop = new EventLoop();
        Exception? unhandled = null;
        loop.UnhandledException += (_, arguments) =>
        {
            unhandled = arguments.Exception;
            arguments.Handled = true;
        };
        loop.Post(() =>
        {
            if (isLate)
                Failing.StartsLate();
            else
                Failing.Falls(Recursions.Deepest);
        });
        loop.Run();
        Assert.Equal("at the bottom", Assert.IsType<TimeoutException>(unhandled).Message);
    });

    [Fact]
    public void A_call_with_an_out_parameter_throws_where_the_stack_runs_short() => On(Small, () => EventLoop.Run(done =>
    {
        Failing.Returns(10, out int result);
        Assert.Equal(10, result);
        string message = Assert.Throws<InsufficientExecutionStackException>(() => Failing.Returns(Recursions.Deepest, out _)).Message;
        Assert.Contains("Failing.Returns, which cannot start later: it has an 'out' parameter", message, StringComparison.Ordinal);
        done.Trigger();
    }));

    [Fact]
    public void Without_a_loop_a_call_runs_on_the_spot_or_throws() => On(Small, () =>
    {
        Failing.Descends(10);
        string message = Assert.Throws<InsufficientExecutionStackException>(() => Failing.Descends(Recursions.Deepest)).Message;
        Assert.Contains("which cannot start later: this thread has no event loop", message, StringComparison.Ordinal);
    });

    [ModuleInitializer]
    internal static void RunOnMain()
    {
        if (Environment.GetEnvironmentVariable(OnMain) is null)
            return;
        foreach (string kind in Recursions.Kinds)
            Console.Out.Write($"{kind}: {Recursions.Run(kind)}\n");
        Console.Out.Flush();
        Environment.Exit(0);
    }

    private static void On(int stack, Action action)
    {
        Exception? thrown = null;
        var thread = new Thread(() => thrown = Record.Exception(action), stack);
        thread.Start();
        thread.Join();
        Assert.Null(thrown);
    }
}
