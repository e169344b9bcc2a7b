#pragma warning disable TAME060 // some of these bodies only fail
using System.Runtime.CompilerServices;

namespace Tame.Language.Tests.Failures.FiveFiles;

/// <summary>One failure crosses five tamed calls, each in a file of its own and waiting in its own way.</summary>
public sealed partial class TraceTests
{
    private static readonly int[] s_lines = new int[6];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_trace_of_a_failure_names_the_five_files_and_lines_that_it_crossed(bool afterWait)
    {
        var thrown = Assert.Throws<OverflowException>(() => EventLoop.Run(done => First(afterWait, done)));

        string[] calls = ["FifthCall", "FourthCall", "ThirdCall", "SecondCall", "FirstCall"];
        Assert.Equal(
            calls.Select((call, i) => $"{call}.cs:line {s_lines[5 - i]}"),
            thrown.StackTrace!.Split('\n').Select(line => line[(line.LastIndexOf('/') + 1)..].Trim()).Where(place => place.Contains("Call.cs:", StringComparison.Ordinal)).Distinct());
        Assert.Contains("FifthCall.cs:line", thrown.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_exception_that_is_handed_over_shows_the_calls_that_it_crossed()
    {
        Exception? error = null;
        EventLoop.Run(done => Hand(e => error = e, done));
        Assert.Contains($"FifthCall.cs:line {s_lines[5]}", error!.StackTrace!, StringComparison.Ordinal);
        Assert.Contains($"ThirdCall.cs:line {s_lines[3]}", error.StackTrace!, StringComparison.Ordinal);
    }

    [Fact]
    public void An_exception_and_its_other_failures_each_show_the_calls_that_they_crossed()
    {
        var thrown = Assert.Throws<OverflowException>(() => EventLoop.Run(Two));
        Assert.All([thrown, Assert.Single(thrown.OtherFailures())], inner => Assert.Contains($"ThirdCall.cs:line {s_lines[3]}", inner.StackTrace!, StringComparison.Ordinal));
    }

    [Tamed] private static partial void Hand(Action<Exception?> take, Event done);

    private static void HandBody(Action<Exception?> take, Event done)
    {
        var rendezvous = new Rendezvous();
        Third(true, mkevent(rendezvous));
        twait(rendezvous, out Exception? error);
        take(error);
        done.Trigger();
    }

    [Tamed] private static partial void Two(Event done);

    private static void TwoBody(Event done)
    {
        using (twait())
        {
            Third(true, mkevent());
            Third(false, mkevent());
        }
    }

    /// <summary>A method of its own, since what throws in place has no certain line once it is optimized: the compiler gathers the throwing at the method's end.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Overflow(int number) => checked(int.MaxValue + number);

    private static void Mark(int call, [CallerLineNumber] int line = 0) => s_lines[call] = line + 1;
}
