namespace Tame.Runtime.Tests.Failures;

/// <summary>The other failures travel with the exception, through calls, events and tasks.</summary>
public sealed class TravelTests
{
    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 1)]
    [InlineData(false, 2000)]
    [InlineData(true, 2000)]
    public void They_come_through_many_calls(bool isThrown, int depth)
    {
        var thrown = Assert.Throws<InvalidOperationException>(() => Loops.Run(done => Nest(depth, isThrown, done)));
        Assert.Equal(["first", "second", "third"], thrown.Messages());
        Assert.Equal(["System.InvalidOperationException: second", "System.ArgumentException: third"], thrown.OthersInTrace());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_trace_tells_of_them_where_they_came_together(bool isThrown)
    {
        var thrown = Assert.Throws<InvalidOperationException>(() => Loops.Run(done => Nest(1, isThrown, done)));
        string[] trace = thrown.StackTrace!.Split('\n');
        int others = Array.FindIndex(trace, line => line.StartsWith("   also failed", StringComparison.Ordinal));
        Assert.Contains(nameof(Thrown), trace[0], StringComparison.Ordinal);
        Assert.True(others > 0 && trace[(others + 2)..].Any(line => line.Contains(isThrown ? nameof(Failing) : "Call.cs:line 101", StringComparison.Ordinal)), thrown.StackTrace);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void They_join_those_of_the_blocks_above(bool isThrown)
    {
        Exception? third = null;
        var thrown = Failing.Block(isThrown, c =>
        {
            Event first = c.Make(1), second = c.Make(1), last = c.Make(1);
            last.Fail(Failing.Error("last"));
            Pair(isThrown, "third", "fourth", second);
            Pair(isThrown, "first", "second", first);
        });
        third = thrown.OtherFailures()[1];
        Assert.Equal(["first", "second", "third", "fourth", "last"], thrown.Messages());
        Assert.Equal(["third", "fourth"], third.Messages());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_failure_that_gains_one_at_each_call_has_them_all(bool isThrown)
    {
        const int Depth = 5000;     // a copy of the list at each call would need about 100 MB
        var thrown = Assert.Throws<InvalidOperationException>(() => Loops.Run(done => Gain(Depth, isThrown, done)));
        Assert.Equal(Enumerable.Range(0, Depth + 1).Select(i => $"{i}"), thrown.Messages());
        Assert.Equal(17, thrown.OthersInTrace().Length);
        Assert.Equal("more; OtherFailures() has them all", thrown.OthersInTrace()[^1]);
    }

    [Fact]
    public void The_block_that_threw_an_exception_last_says_what_came_with_it()
    {
        var same = Failing.Error("same");
        Assert.Equal(["same", "one"], Failing.Block(isThrown: true, c => FailBoth(c, same, "one")).Messages());
        Assert.Equal(["same", "two"], Failing.Block(isThrown: false, c => FailBoth(c, same, "two")).Messages());
        Assert.Equal(["same"], Failing.Block(isThrown: true, c => c.Make(1).Fail(same)).Messages());
    }

    [Fact]
    public void Each_of_two_blocks_that_one_call_fails_gets_them()
    {
        var seen = new List<string[]>();
        Loops.Run(done =>
        {
            Event left = default, right = default;
            Wait(c => left = c.Make(1), default);
            Wait(c => right = c.Make(1), done);
            Pair(isThrown: false, "first", "second", left + right);
        });
        Assert.Equal([["first", "second"], ["first", "second"]], seen);

        void Wait(Action<Call> block, Event done) => Call.Start(
            c =>
            {
                if (c.State == 0)
                {
                    c.EnterBlock();
                    block(c);
                    Assert.False(c.BlockDone(1));
                    return;
                }
                seen.Add(Assert.Throws<InvalidOperationException>(c.EndBlockOrThrow).Messages());
                c.Done.Trigger();
            },
            done);
    }

    [Fact]
    public void Joins_hand_each_failure_over_with_what_came_with_it()
    {
        var joined = new List<string>();
        Loops.RunBlocks(c =>
        {
            var r = new Rendezvous<int>();
            Pair(isThrown: false, "second", "third", c.Make(r, 2, 1));
            c.Make(r, 1, 1).Fail(Failing.Error("first"));
            Pair(isThrown: false, "fourth", "fifth", c.Make(r, 3, 1));
            while (r.Ready > 1 && r.TryJoin(out int id, out var error))
                joined.Add($"{id}: {string.Join(' ', error!.Messages())}");
            joined.Add(string.Join(' ', Assert.Throws<InvalidOperationException>(() => r.TryJoin(out _)).Messages()));
        });
        Assert.Equal(["2: second third", "1: first", "fourth fifth"], joined);
    }

    [Theory]
    [InlineData("bare")]
    [InlineData("thrown")]
    [InlineData("handed over")]
    public void A_wait_for_a_rendezvous_gets_one_failure_with_what_came_with_it(string form)
    {
        Exception? error = null;
        try
        {
            Loops.Run(done => Join(form, e => error = e, done));
        }
        catch (InvalidOperationException thrown)
        {
            error = thrown;
        }
        Assert.Equal(["second", "third"], error!.Messages());
    }

    [Fact]
    public void They_come_out_of_tasks_and_go_into_them()
    {
        Exception? thrown = null;
        Loops.Run(done =>
        {
            var loop = EventLoop.Current!;
            var failing = loop.InvokeAsync(e => Pair(isThrown: false, "second", "third", e));
            var all = Task.WhenAll(Task.FromException(Failing.Error("first")), failing, Task.FromException(Failing.Error("fourth")));
            Call.Start(
                c =>
                {
                    if (c.State == 0)
                    {
                        c.EnterBlock();
                        all.Trigger(c.Make(1));
                        Assert.False(c.BlockDone(1));
                        return;
                    }
                    thrown = Assert.Throws<InvalidOperationException>(c.EndBlockOrThrow);
                    c.Done.Trigger();
                },
                done);
        });
        Assert.Equal(["first", "fourth", "second", "third"], thrown!.Messages());    // WhenAll lists them in order of arrival
        Assert.Equal(3, thrown!.OthersInTrace().Length);
    }

    [Fact]
    public void The_trace_has_one_line_for_each_whatever_its_message()
    {
        var thrown = Failing.Block(isThrown: true, c =>
        {
            c.Make(1).Fail(Failing.Error("first"));
            c.Make(1).Fail(Failing.Error("two\r\nlines"));
            c.Make(1).Fail(new Mute());
        });
        Assert.Equal(["System.InvalidOperationException: two", $"{typeof(Mute)}: "], thrown.OthersInTrace());
    }

    [Fact]
    public void What_leaves_a_block_has_the_failures_that_its_events_had()
    {
        var thrown = Failing.Block(isThrown: true, c =>
        {
            c.Make(1).Fail(Failing.Error("outer"));
            c.EnterBlock();
            Event first = c.Make(1), second = c.Make(1);
            second.Fail(Failing.Error("second"));
            first.Fail(Failing.Error("first"));
            throw Failing.Error("thrown");
        });
        Assert.Equal(["thrown", "first", "second", "outer"], thrown.Messages());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void So_it_is_where_the_exception_is_caught_or_passes_a_finally(bool isCaught)
    {
        string[]? caught = null;
        var passed = Failing.Block(isThrown: true, c =>
        {
            try
            {
                c.EnterBlock();
                c.Make(1).Fail(Failing.Error("failed"));
                throw Failing.Error("thrown");
            }
            catch (InvalidOperationException error) when (isCaught)
            {
                c.Unwind(1, error);
                caught = error.Messages();
                throw;
            }
            finally
            {
                c.Unwind(1);
            }
        });
        Assert.Equal(["thrown", "failed"], caught ?? passed.Messages());
        Assert.Equal(["thrown", "failed"], passed.Messages());
    }

    [Fact]
    public void What_a_handled_exception_left_behind_is_not_told_of_later_ones()
    {
        var thrown = Failing.Block(isThrown: true, c =>
        {
            try
            {
                c.EnterBlock();
                c.Make(1).Fail(Failing.Error("failed"));
                throw Failing.Error("thrown");
            }
            catch (InvalidOperationException)
            {
                c.Unwind(1);
            }
            Primitives.timer(TimeSpan.FromSeconds(1), c.Make(1).WithTimeout(TimeSpan.Zero));
        });
        Assert.IsType<TimeoutException>(thrown);
        Assert.Empty(thrown.OtherFailures());
    }

    private static void Join(string form, Action<Exception?> take, Event done) => Call.Start(
        c =>
        {
            if (c.State == 0)
            {
                var r = new Rendezvous();
                c.BeginJoin(r);
                Pair(isThrown: true, "second", "third", c.Make(r, 1));
            }
            if (!c.JoinReady(1))
                return;
            if (form == "bare" && !c.EndJoin())
                return;
            if (form == "thrown")
                c.EndJoinOrThrow();
            if (form == "handed over")
                c.EndJoinOrError(ref c.Error);
            take(c.Error);
            c.Done.Trigger();
        },
        done);

    private static void Nest(int depth, bool isThrown, Event done)
    {
        if (depth == 0)
        {
            Failing.Block(isThrown, FailThree, done);
            return;
        }
        Failing.Block(
            isThrown,
            c =>
            {
                var below = c.Make(1);
                Soon(() => Nest(depth - 1, isThrown, below));
            },
            done);
    }

    private static void FailThree(Call c)
    {
        Event first = c.Make(1), second = c.Make(1), third = c.Make(1);
        third.Fail(new ArgumentException("third"));
        second.Fail(Failing.Error("second"));
        first.Fail(Thrown("first"));
    }

    /// <summary>An exception that was thrown here, and so has a frame.</summary>
    private static InvalidOperationException Thrown(string message) => Assert.Throws<InvalidOperationException>((Action)(() => throw Failing.Error(message)));

    private static void Gain(int depth, bool isThrown, Event done)
    {
        if (depth == 0)
        {
            done.Fail(Failing.Error("0"));
            return;
        }
        Failing.Block(
            isThrown,
            c =>
            {
                var below = c.Make(1);
                c.Make(1).Fail(Failing.Error($"{depth}"));
                Soon(() => Gain(depth - 1, isThrown, below));
            },
            done);
    }

    private static void Pair(bool isThrown, string first, string second, Event done) => Failing.Block(isThrown, c => FailBoth(c, Failing.Error(first), second), done);

    private static void FailBoth(Call c, Exception first, string second)
    {
        var one = c.Make(1);
        c.Make(1).Fail(Failing.Error(second));
        one.Fail(first);
    }

    /// <summary>Calls on the next pass, so that calls are not on the stack.</summary>
    private static void Soon(Action call) => EventLoop.Current!.Post(call);

    private sealed class Mute : Exception
    {
        public override string Message => throw new NotSupportedException();
    }
}
