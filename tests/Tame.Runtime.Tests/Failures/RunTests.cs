namespace Tame.Runtime.Tests.Failures;

/// <summary>Which exception a run throws if there are several failures. None is swallowed.</summary>
public sealed class RunTests
{
    [Fact]
    public void The_failure_of_mains_event_comes_before_what_nothing_handled()
    {
        var thrown = Assert.Throws<InvalidOperationException>(() => Loops.Run(done =>
        {
            EventLoop.Current!.Post(() => done.Fail(Failing.Error("main")));
            EventLoop.Current!.Post(() => throw Failing.Error("posted"));
        }));
        Assert.Equal(["main", "posted"], thrown.Messages());
        Assert.Equal(["System.InvalidOperationException: posted"], thrown.OthersInTrace());
    }

    [Fact]
    public void So_does_the_failure_of_mains_event_before_what_main_throws()
    {
        var thrown = Assert.Throws<InvalidOperationException>(() => EventLoop.Run<int>(result =>
        {
            result.Fail(Failing.Error("main"));
            throw Failing.Error("thrown");
        }));
        Assert.Equal(["main", "thrown"], thrown.Messages());
        Assert.Empty(Assert.Throws<InvalidOperationException>(() => EventLoop.Run(_ => throw Failing.Error("alone"))).OtherFailures());
    }

    [Theory]
    [InlineData(false, false, new[] { "unhandled", "handler" })]
    [InlineData(true, false, new[] { "handler" })]
    [InlineData(false, true, new[] { "unhandled" })]
    public void What_a_handler_throws_is_unhandled_as_well(bool handles, bool throwsTheSame, string[] expected)
    {
        var thrown = Assert.Throws<InvalidOperationException>(() => Loops.Run(_ =>
        {
            EventLoop.Current!.UnhandledException += (_, unhandled) =>
            {
                unhandled.Handled = handles;
                throw throwsTheSame ? unhandled.Exception : Failing.Error("handler");
            };
            EventLoop.Current!.Post(() => throw Failing.Error("unhandled"));
        }, lifelines: 1));
        Assert.Equal(expected, thrown.Messages());
    }

    [Fact]
    public void One_pass_throws_what_nothing_handled_in_it()
    {
        using var loop = new EventLoop(Loops.Virtual);
        loop.UnhandledException += (_, _) => throw Failing.Error("handler");
        loop.Post(() => throw Failing.Error("unhandled"));
        Assert.Equal(["unhandled", "handler"], Assert.Throws<InvalidOperationException>(() => loop.RunOnce()).Messages());
        Assert.False(loop.RunOnce());
    }

    [Fact]
    public void What_is_unhandled_has_its_others_for_the_handler_and_for_the_run()
    {
        string[]? handled = null;
        var thrown = Assert.Throws<InvalidOperationException>(() => Loops.Run(_ =>
        {
            EventLoop.Current!.UnhandledException += (_, unhandled) => handled = unhandled.Exception.Messages();
            Call.Start(c =>
            {
                if (c.State == 0)
                {
                    c.EnterBlock();
                    Primitives.asap(c.Make(1));
                    var second = c.Make(1);
                    c.Make(1).Fail(Failing.Error("third"));
                    second.Fail(Failing.Error("second"));
                    Assert.False(c.BlockDone(1));
                    return;
                }
                Assert.False(c.EndBlock());
            });
        }, lifelines: 1));
        Assert.Equal(["second", "third"], handled!);
        Assert.Equal(["second", "third"], thrown.Messages());
    }

    [Fact]
    public async Task A_task_for_a_call_fails_with_the_first_and_the_others_beside_it()
    {
        using var loop = new EventLoop(Loops.Virtual);
        var task = loop.InvokeAsync(e => Failing.Block(
            isThrown: false,
            c =>
            {
                var first = c.Make(1);
                c.Make(1).Fail(Failing.Error("second"));
                first.Fail(Failing.Error("first"));
            },
            e), TestContext.Current.CancellationToken);
        loop.Run();
        Assert.Single(task.Exception!.InnerExceptions);
        Assert.Equal(["first", "second"], (await Assert.ThrowsAsync<InvalidOperationException>(() => task)).Messages());
    }

    [Fact]
    public void A_call_that_fails_as_its_loop_ends_does_not_keep_others_from_cleaning_up()
    {
        var cleaned = new List<int>();
        EventLoop.Run(
            done =>
            {
                for (int i = 0; i < 3; i++)
                    Clean(i);
                done.Trigger();
            },
            new EventLoopOptions());
        Assert.Equal([0, 1, 2], cleaned.Order());

        void Clean(int number) => Call.Start(c =>
        {
            if (c.State == 0)
            {
                c.EnterBlock();
                c.Held = c.Make(1);
                Assert.False(c.BlockDone(1));
                return;
            }
            cleaned.Add(number);
            c.EndBlockOrThrow();
        });
    }

    [Fact]
    public void The_failures_of_a_call_that_is_abandoned_are_unhandled()
    {
        var unhandled = new List<string[]>();
        EventLoop.Run(done =>
        {
            EventLoop.Current!.UnhandledException += (_, arguments) =>
            {
                arguments.Handled = true;
                unhandled.Add(arguments.Exception.Messages());
            };
            Call.Start(c =>
            {
                c.EnterBlock();
                var first = c.Make(1);
                c.Held = c.Make(1);
                c.Make(1).Fail(Failing.Error("third"));
                first.Fail(Failing.Error("first"));
                Assert.False(c.BlockDone(1));
            });
            done.Trigger();
        }, new EventLoopOptions { OnExit = ExitBehavior.Abandon });
        Assert.Equal([["first", "third"]], unhandled);
    }
}
