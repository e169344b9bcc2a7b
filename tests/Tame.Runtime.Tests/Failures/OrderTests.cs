namespace Tame.Runtime.Tests.Failures;

/// <summary>If several events of a block fail, the failure of the event created first is thrown, and the others come with it.</summary>
public sealed class OrderTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_first_made_is_thrown_whichever_failed_first(bool isThrown)
    {
        var thrown = Failing.Block(isThrown, c =>
        {
            Event first = c.Make(1), second = c.Make(1), third = c.Make(1), fourth = c.Make(1);
            fourth.Fail(Failing.Error("fourth"));
            second.Fail(Failing.Error("second"));
            first.Trigger();
            third.Fail(Failing.Error("third"));
        });
        Assert.Equal(["second", "third", "fourth"], thrown.Messages());
        Assert.Equal(["System.InvalidOperationException: third", "System.InvalidOperationException: fourth"], thrown.OthersInTrace());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void So_it_is_with_failures_that_come_after_the_brace(bool isThrown)
    {
        var thrown = Failing.Block(isThrown, c =>
        {
            for (int i = 1; i <= 3; i++)
                Primitives.timer(TimeSpan.FromSeconds(4 - i), FailingLater(c.Make(1), i));
        });
        Assert.Equal(["1", "2", "3"], thrown.Messages());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void So_it_is_in_a_block_of_many_events_among_others(bool isThrown)
    {
        const int Count = 1000;
        var thrown = Failing.Block(isThrown, c =>
        {
            var elsewhere = new Rendezvous();
            var (made, others) = (new (Event Event, int Number)[Count], new List<Event>());
            for (int i = 0; i < Count; i++)
            {
                made[i] = (c.Make(1), i);
                if (i % 7 == 0)
                    others.Add(c.Make(elsewhere, 1));       // takes a number, so that those of the block are not consecutive
            }
            new Random(1).Shuffle(made);
            foreach (var (e, number) in made)
            {
                if (number % 3 == 0)
                    e.Trigger();
                else
                    e.Fail(Failing.Error($"{number}"));
            }
            others.ForEach(other => other.Trigger());
            elsewhere.Cancel();
        });
        Assert.Equal(Enumerable.Range(0, Count).Where(i => i % 3 != 0).Select(i => $"{i}"), thrown.Messages());
    }

    [Fact]
    public void A_block_in_a_block_has_its_own_failures()
    {
        Exception? inner = null;
        var outer = Failing.Block(isThrown: true, c =>
        {
            var first = c.Make(1);
            c.EnterBlock();
            Event second = c.Make(1), third = c.Make(1);
            third.Fail(Failing.Error("third"));
            first.Fail(Failing.Error("first"));
            second.Fail(Failing.Error("second"));
            Assert.True(c.BlockDone(2));
            inner = Assert.Throws<InvalidOperationException>(c.EndBlockOrThrow);
            c.Make(1).Fail(Failing.Error("fourth"));
        });
        Assert.Equal(["second", "third"], inner!.Messages());
        Assert.Equal(["first", "fourth"], outer.Messages());
    }

    [Fact]
    public void A_block_that_is_used_again_has_forgotten()
    {
        var thrown = new List<Exception>();
        Loops.RunBlocks(c =>
        {
            for (int i = 0; i < 3; i++)
            {
                c.EnterBlock();
                Event first = c.Make(1), second = c.Make(1);
                second.Fail(Failing.Error($"second {i}"));
                first.Fail(Failing.Error($"first {i}"));
                Assert.True(c.BlockDone(2));
                thrown.Add(Assert.Throws<InvalidOperationException>(c.EndBlockOrThrow));
                c.EnterBlock();
                c.Make(1).Trigger();
                Assert.True(c.BlockDone(2) && c.EndBlock());
            }
        });
        Assert.Equal(["first 0", "second 0", "first 1", "second 1", "first 2", "second 2"], thrown.SelectMany(Failing.Messages));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void One_failure_has_no_others(bool isThrown)
    {
        var thrown = Failing.Block(isThrown, c =>
        {
            c.Make(1).Trigger();
            c.Make(1).Fail(Failing.Error("alone"));
        });
        Assert.Empty(thrown.OtherFailures());
        Assert.Empty(thrown.OthersInTrace());
        Assert.Empty(new IOException().OtherFailures());
        Assert.Throws<ArgumentNullException>(() => FailureExtensions.OtherFailures(null!));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void One_exception_that_fails_several_events_is_one_failure(bool isThrown)
    {
        var same = Failing.Error("same");
        var alone = Failing.Block(isThrown, c =>
        {
            c.Make(1).Fail(same);
            c.Make(1).Fail(same);
        });
        Assert.Same(same, alone);
        Assert.Empty(alone.OtherFailures());

        var thrown = Failing.Block(isThrown, c =>
        {
            Event first = c.Make(1), second = c.Make(1), third = c.Make(1);
            third.Fail(same);
            second.Fail(Failing.Error("second"));
            first.Fail(same);
        });
        Assert.Equal(["same", "second"], thrown.Messages());
    }

    [Theory]
    [InlineData(true, new[] { "first", "lost" })]
    [InlineData(false, new[] { "lost", "second" })]
    public void A_loss_has_the_place_of_the_event_that_is_lost(bool isFirstFailed, string[] expected)
    {
        var thrown = Failing.Block(isThrown: false, c =>
        {
            if (isFirstFailed)
                c.Make(1).Fail(Failing.Error("first"));
            else
                Drop(c);
            if (isFirstFailed)
                Drop(c);
            else
                c.Make(1).Fail(Failing.Error("second"));
        });
        Assert.Equal(expected, thrown.OtherFailures().Prepend(thrown).Select(e => e is LostEventException ? "lost" : e.Message));
    }

    [Fact]
    public void A_call_that_its_loop_cancels_is_told_so_first()
    {
        Exception? thrown = null;
        EventLoop.Run(
            done =>
            {
                Call.Start(c =>
                {
                    if (c.State == 0)
                    {
                        c.EnterBlock();
                        c.Make(1).Fail(Failing.Error("failed before"));
                        c.Held = c.Make(1);
                        Assert.False(c.BlockDone(1));
                        return;
                    }
                    thrown = Assert.Throws<OperationCanceledException>(c.EndBlockOrThrow);
                });
                done.Trigger();
            },
            new EventLoopOptions());
        Assert.Equal("failed before", Assert.Single(thrown!.OtherFailures()).Message);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static void Drop(Call c) => c.Make(1);

    /// <summary>An event that fails another when it is triggered.</summary>
    private static Event FailingLater(Event e, int number)
    {
        Event relay = default;
        Call.Blocks(default, c => relay = c.Make(1), _ => e.Fail(Failing.Error($"{number}")));
        return relay;
    }
}
